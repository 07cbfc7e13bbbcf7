/** Stands between the bot and a fake platform: what passes took effect, and only the client may not learn of it. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export type ProxyCall = { method: string; path: string; body: Record<string, unknown> };

export type CannedAnswer = { status: number; body: string; headers?: Record<string, string> };

/** What becomes of a call. 'acted': the platform does what is asked, and then the client gets something else. */
export type Fate =
  | { kind: 'pass' }
  | { kind: 'refused'; answer: CannedAnswer }
  | { kind: 'reset' }
  | { kind: 'hang' }
  | { kind: 'acted'; then: 'reset' | 'hang' | CannedAnswer };

export type ProxyHooks = {
  /** Called when the whole call has come in. */
  decide(call: ProxyCall): Fate;
  /** The platform has answered 200; the client has not heard of it yet. */
  acted(call: ProxyCall, answer: Record<string, unknown>): void;
  /** The client's socket has been given the platform's answer. */
  answered(call: ProxyCall): void;
};

export type Proxy = {
  root: string;
  /** Refuses connections and cuts those that are open, until `admit`. */
  refuse(): Promise<void>;
  admit(): Promise<void>;
  close(): Promise<void>;
};

export async function startProxy(target: string, hooks: ProxyHooks): Promise<Proxy> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const call: ProxyCall = {
        method: request.method ?? '',
        path: request.url ?? '',
        body: raw.length > 0 ? (JSON.parse(raw.toString('utf8')) as Record<string, unknown>) : {},
      };
      void settle(call, request, raw, response);
    });
  });
  server.keepAliveTimeout = 0;

  async function settle(
    call: ProxyCall,
    request: http.IncomingMessage,
    raw: Buffer,
    response: http.ServerResponse,
  ): Promise<void> {
    const fate = hooks.decide(call);
    if (fate.kind === 'hang') return;
    if (fate.kind === 'reset') return void response.destroy();
    if (fate.kind === 'refused') return give(response, fate.answer);
    const answer = await forward(call, request, raw, response);
    // The client went away first (a long poll of a process that was killed).
    if (!answer) return void response.destroy();
    if (answer.status === 200) hooks.acted(call, JSON.parse(answer.body) as Record<string, unknown>);
    if (fate.kind === 'pass') {
      response.once('finish', () => hooks.answered(call));
      return give(response, answer);
    }
    if (fate.then === 'reset') return void response.destroy();
    if (fate.then !== 'hang') give(response, fate.then);
  }

  function forward(
    { method, path }: ProxyCall,
    request: http.IncomingMessage,
    raw: Buffer,
    response: http.ServerResponse,
  ): Promise<CannedAnswer | null> {
    const { authorization } = request.headers;
    return new Promise((resolve) => {
      const onward = http.request(target + path, {
        method,
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      });
      // Only a waiting poll is given up with its client: everything else has reached the platform.
      if (path.endsWith('/getUpdates')) response.once('close', () => onward.destroy());
      onward.on('error', () => resolve(null));
      onward.on('response', (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', () => resolve(null));
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
        );
      });
      onward.end(raw);
    });
  }

  function give(response: http.ServerResponse, { status, body, headers }: CannedAnswer): void {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  }

  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve());
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    root: `http://127.0.0.1:${port}`,
    refuse: stop,
    admit: () => listen(port),
    close: stop,
  };
}
