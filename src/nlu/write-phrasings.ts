/** An optional language model that writes phrasings of published rows. What it says is checked elsewhere; it names nobody. */
import { z } from 'zod';
import { BotError, errorText } from '../core/errors.js';

/** What was answered, as text, whatever its form. @throws BotError 'UNAVAILABLE' where it is worth asking again. */
export type WritePhrasings = (instructions: string, rows: string) => Promise<string>;

export type WriterSettings = {
  /** Of any service that speaks the OpenAI chat protocol. */
  baseUrl: string;
  apiKey: string;
  model: string;
  /** In ms: twenty rows take a while. */
  timeoutMs?: number;
};

const Answer = z.object({
  rows: z.array(z.object({ 序号: z.string(), 事项: z.string(), 问法: z.array(z.string()) })),
});

/** LangChain and the client are loaded at the first use: most installations have no language model. */
export function createPhrasingWriter(settings: WriterSettings): WritePhrasings {
  const { baseUrl, apiKey, model, timeoutMs = 180_000 } = settings;
  const loading = () =>
    import('langchain').then(async ({ initChatModel }) => {
      const chat = await initChatModel(model, {
        ...{ modelProvider: 'openai', apiKey, configuration: { baseURL: baseUrl } },
        ...{ temperature: 0.8, timeout: timeoutMs, maxRetries: 0 },
      });
      // The mode that most services know; an answer that is not of the shape is kept as it is.
      return chat.withStructuredOutput(Answer, { method: 'jsonMode', includeRaw: true });
    });
  let writer: ReturnType<typeof loading> | null = null;
  return async (instructions, rows) => {
    writer ??= loading();
    try {
      const answer = await (
        await writer
      ).invoke(
        [
          { role: 'system', content: instructions },
          { role: 'user', content: rows },
        ],
        { signal: AbortSignal.timeout(timeoutMs) },
      );
      const { parsed, raw } = answer as { parsed: unknown; raw: { text: string } };
      return parsed ? JSON.stringify(parsed, null, 1) : raw.text;
    } catch (cause) {
      const { status } = cause as { status?: number };
      const isOurs =
        status !== undefined && status >= 400 && status < 500 && ![408, 409, 429].includes(status);
      throw new BotError(isOurs ? 'CONFIG' : 'UNAVAILABLE', `语言模型没有应答:${errorText(cause)}`, {
        cause,
      });
    }
  };
}
