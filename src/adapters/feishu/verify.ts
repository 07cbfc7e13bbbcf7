/** Whether a call comes from Feishu, and what it says (../README.md: Feishu by webhook). Pure. */
import { createDecipheriv, createHash } from 'node:crypto';
import { z } from 'zod';
import { isSameText, type Knock } from '../webhook.js';
import { parseJson } from '../shapes.js';

export type WebhookKeys = {
  /** Encrypt Key of the app: what is sent is signed and encrypted with it. */
  encryptKey: string;
  /** Verification Token of the app. */
  verificationToken: string;
  appId: string;
};

export type Verified =
  /** Feishu tries the address: the text goes back. */
  | { kind: 'challenge'; challenge: string }
  /** An event or click; `nonce` is the one of this call. */
  | { kind: 'event'; event: Record<string, unknown>; nonce: string }
  /** Why not. Said to nobody but the log. */
  | { kind: 'refused'; why: string };

/** A call is signed within so much time (ms) of our clock: an older one is replayed. */
export const WINDOW_MS = 5 * 60_000;

const envelopeSchema = z.object({ encrypt: z.string().min(1) });
const challengeSchema = z.object({
  type: z.literal('url_verification'),
  token: z.string(),
  challenge: z.string().min(1).max(1_000),
});
const eventSchema = z.looseObject({
  schema: z.literal('2.0'),
  header: z.looseObject({ token: z.string(), app_id: z.string(), event_type: z.string() }),
});

/** The signature goes over the bytes as they came: parsed and written anew they would be others. */
export function verify({ headers, body }: Knock, keys: WebhookKeys, now: number): Verified {
  const signature = headerOf(headers, 'x-lark-signature');
  const isSigned = signature !== '';
  const timestamp = headerOf(headers, 'x-lark-request-timestamp');
  const nonce = headerOf(headers, 'x-lark-request-nonce');
  if (isSigned) {
    const hash = createHash('sha256').update(`${timestamp}${nonce}${keys.encryptKey}`).update(body);
    if (!isSameText(signature.toLowerCase(), hash.digest('hex'))) return refused('signature');
    if (!/^\d{1,13}$/.test(timestamp) || Math.abs(Number(timestamp) * 1_000 - now) > WINDOW_MS)
      return refused('time');
    if (nonce === '') return refused('nonce');
  }
  const envelope = envelopeSchema.safeParse(parseJson(body.toString('utf8'))).data;
  // Whoever sends plain text does not know the key, whatever the signature says.
  if (!envelope) return refused('not encrypted');
  const text = decrypt(envelope.encrypt, keys.encryptKey);
  const content = text && parseJson(text.toString('utf8'));
  if (!content) return refused('encryption');
  const trial = challengeSchema.safeParse(content).data;
  // The trial of the address is the only call that Feishu does not sign.
  if (trial)
    return isSameText(trial.token, keys.verificationToken)
      ? { kind: 'challenge', challenge: trial.challenge }
      : refused('token');
  if (!isSigned) return refused('no signature');
  const event = eventSchema.safeParse(content).data;
  if (!event) return refused('form');
  if (!isSameText(event.header.token, keys.verificationToken)) return refused('token');
  if (event.header.app_id !== keys.appId) return refused('app');
  return { kind: 'event', event, nonce: `${timestamp}/${nonce}` };
}

const refused = (why: string): Verified => ({ kind: 'refused', why });

function headerOf(headers: Knock['headers'], name: string): string {
  const value = headers[name];
  return typeof value === 'string' && value.length <= 256 ? value : '';
}

/** AES-256-CBC, the key is the SHA-256 of the Encrypt Key, the first 16 bytes are the initial vector. Null for anything else. */
function decrypt(encrypted: string, encryptKey: string): Buffer | null {
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length < 32 || bytes.length % 16 !== 0) return null;
  const key = createHash('sha256').update(encryptKey).digest();
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
    return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]);
  } catch {
    return null;
  }
}
