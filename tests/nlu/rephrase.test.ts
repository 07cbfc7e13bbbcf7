import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createRephrase } from '../../src/nlu/rephrase.js';
import { createMask } from '../../src/organizations/mask.js';

/** A service that speaks the OpenAI chat protocol and says `content`, or answers with an error status. */
function startService(answer: { content: string } | { status: number }): Promise<{
  baseUrl: string;
  server: Server;
  requests: { model: string; messages: { role: string; content: string }[] }[];
}> {
  const requests: { model: string; messages: { role: string; content: string }[] }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push(JSON.parse(Buffer.concat(chunks).toString('utf8')) as (typeof requests)[number]);
      if ('status' in answer) {
        response.writeHead(answer.status).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          id: 'c1',
          object: 'chat.completion',
          created: 1,
          model: 'm',
          choices: [
            {
              index: 0,
              finish_reason: 'stop',
              message: { role: 'assistant', content: answer.content },
            },
          ],
          usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
        }),
      );
    });
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
        server,
        requests,
      }),
    ),
  );
}

describe('rephrase', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  const ask = async (answer: { content: string } | { status: number }, question = '灯黑了好几宿') => {
    const service = await startService(answer);
    server = service.server;
    const failures: string[] = [];
    const rephrase = createRephrase({
      baseUrl: service.baseUrl,
      apiKey: 'sk-invented',
      model: 'office-model',
      mask: createMask([{ name: '曾乙二' }]),
      onFailure: (reason) => failures.push(reason),
    });
    return { texts: await rephrase(question), failures, requests: service.requests };
  };

  it('restates a question through the real client, at most three times', async () => {
    const content = '```json\n{"restatements":["路灯管护"," 城乡照明设施维修 ","","背街路灯","多余的"]}\n```';
    const { texts, requests, failures } = await ask({ content });
    expect(texts).toEqual(['路灯管护', '城乡照明设施维修', '背街路灯']);
    expect(failures).toEqual([]);
    expect(requests[0]?.model).toBe('office-model');
    expect(requests[0]?.messages.at(-1)).toEqual({ role: 'user', content: '灯黑了好几宿' });
  });

  it('gives nothing and says why when the model talks instead of restating', async () => {
    const { texts, failures } = await ask({ content: '归住建局管' });
    expect(texts).toEqual([]);
    expect(failures).toHaveLength(1);
  });

  it('gives nothing and says why when the service fails, without the key in the reason', async () => {
    const { texts, failures } = await ask({ status: 500 });
    expect(texts).toEqual([]);
    expect(failures).toHaveLength(1);
    expect(failures[0]).not.toContain('sk-invented');
  });

  it.each([
    ['曾乙二说路灯不归他管', ['曾乙二']],
    ['村民张桂兰13800138000反映灯不亮', ['张桂兰', '13800138000']],
    ['刘大爷身份证510723196001011234,低保停了', ['刘大爷', '510723196001011234']],
    ['我叫王小明,社保卡6222021234567890123丢了', ['王小明', '6222021234567890123']],
    ['联系人:李建国 电话 0816-3222222', ['李建国', '3222222']],
  ])('sends “%s” without names and numbers', async (question, secrets) => {
    const { requests } = await ask({ content: '{"restatements":[]}' }, question);
    const sent = JSON.stringify(requests);
    expect(requests).toHaveLength(1);
    for (const secret of secrets) expect(sent).not.toContain(secret);
  });

  it('logs nothing of what the model said', async () => {
    const { failures } = await ask({ content: '{曾乙二的电话是多少}' });
    expect(failures.join()).toMatch(/JSON/);
    expect(failures.join()).not.toContain('曾乙二');
  });
});
