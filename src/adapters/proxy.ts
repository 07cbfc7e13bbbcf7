/** The office's proxy: every connection to a platform goes through it (CONNECT), also plain ones and websockets. */
import type { Agent } from 'node:http';
import createHttpsProxyAgent from 'https-proxy-agent';

/** `url`: `http://host:port`, with `user:password@` where the proxy asks for them. */
export function createProxyAgent(url: string): Agent {
  const { protocol, hostname, port, username, password } = new URL(url);
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return createHttpsProxyAgent({
    protocol,
    host: hostname,
    port: port || (protocol === 'https:' ? 443 : 80),
    ...(username && { auth: user }),
  }) as unknown as Agent;
}
