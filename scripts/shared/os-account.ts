/** Who runs a command, by the operating system: it stands beside the name that `--by` claims. */
import { userInfo } from 'node:os';

/**
 * `os:alice`; `os:bob+alice` for `sudo -u bob`. SUDO_USER alone is believed only where sudo made it root: elsewhere
 * anybody can set it, and an added name never makes an account another one (`isSameAccount`).
 */
export function osAccount(env = process.env, user: { username: string; uid: number } = userInfo()): string {
  const sudoUser = env['SUDO_USER'] ?? '';
  if (sudoUser === '' || sudoUser === user.username) return `os:${user.username}`;
  return user.uid === 0 ? `os:${sudoUser}` : `os:${user.username}+${sudoUser}`;
}
