/** A service on loopback that speaks the OpenAI chat protocol and answers what it is told to. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `silent`: it takes the call and never answers. */
export type Said = string | { status: number } | 'silent';
export type Asked = { system: string; user: string };

export type ChatService = { baseUrl: string; asked: Asked[]; stop(): void };

/** `answer` is called for each request, with how many there were before. */
export function startChatService(answer: (asked: Asked, before: number) => Said): Promise<ChatService> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { messages } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
        messages: { role: string; content: string }[];
      };
      const contentOf = (role: string) => messages.find((it) => it.role === role)?.content ?? '';
      const heard = { system: contentOf('system'), user: contentOf('user') };
      const said = answer(heard, asked.length);
      asked.push(heard);
      if (said === 'silent') return;
      if (typeof said === 'object') {
        response.writeHead(said.status, { 'content-type': 'application/json' });
        response.end('{"error":{"message":"out of order"}}');
        return;
      }
      const message = { role: 'assistant', content: said };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          ...{ id: 'c1', object: 'chat.completion', created: 1, model: 'm' },
          choices: [{ index: 0, finish_reason: 'stop', message }],
          usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
        }),
      );
    });
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
        asked,
        stop() {
          server.closeAllConnections();
          server.close();
        },
      }),
    ),
  );
}
