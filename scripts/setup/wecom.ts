/** The 智能机器人 of WeCom: its id and secret looked at before they are kept. To try them would end a running bot's connection. */
import type { Config } from '../../src/config.js';
import type { Finding } from '../doctor/findings.js';

export type WecomSetup = {
  botId: string;
  secret: string;
  check: (wecom: NonNullable<Config['wecom']>) => Promise<Finding[]>;
  say: (text: string) => void;
  keep: (values: Record<string, string>) => Promise<void> | void;
};

/** Whether they were kept. Nothing of them is shown. */
export async function setupWecom({ botId, secret, check, say, keep }: WecomSetup): Promise<boolean> {
  const findings = await check({ botId, secret });
  const shape = findings.find(({ id, severity }) => id === 'wecom.settings' && severity !== 'ok');
  if (shape) {
    say(`${shape.what}。${shape.remedy ?? ''}`);
    return false;
  }
  await keep({ WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret });
  for (const { id, what, remedy } of findings)
    if (id !== 'wecom.settings') say(remedy ? `${what}。${remedy}` : `${what}。`);
  say('凭证在启动时验证(npm start),不对的会在日志中写明。');
  return true;
}
