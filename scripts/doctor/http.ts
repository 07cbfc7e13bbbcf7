/** One JSON call with a limit, through the proxy where there is one. */
import http, { type Agent } from 'node:http';
import https from 'node:https';

export type Answer = { status: number; body: unknown; date: number | null };
export type Ask = { method?: string; headers?: Record<string, string>; body?: object };
/** Rejects when there is no answer. */
export type Call = (url: string, ask?: Ask) => Promise<Answer>;

const LIMIT_MS = 10_000;
const MAX_BYTES = 4 * 1024 * 1024;

export function createCall(agent: Agent | null): Call {
  return (url, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const { request } = url.startsWith('http://') ? http : https;
      const text = body === undefined ? null : JSON.stringify(body);
      const call = request(
        url,
        {
          method,
          headers: {
            ...(text !== null && { 'content-type': 'application/json; charset=utf-8' }),
            ...headers,
          },
          signal: AbortSignal.timeout(LIMIT_MS),
          ...(agent && { agent }),
        },
        (response) => {
          const chunks: Buffer[] = [];
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size > MAX_BYTES) response.destroy(new Error('the answer is too long'));
            else chunks.push(chunk);
          });
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              body: parseJson(Buffer.concat(chunks).toString('utf8')),
              date: Date.parse(response.headers.date ?? '') || null,
            }),
          );
        },
      );
      call.on('error', reject);
      call.end(text ?? undefined);
    });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
