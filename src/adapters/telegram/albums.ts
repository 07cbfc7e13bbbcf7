/** An album arrives as a message for each picture: they are made one update before anything is read. Pure. */
import { z } from 'zod';

const partSchema = z.looseObject({
  update_id: z.int(),
  message: z.looseObject({ chat: z.looseObject({ id: z.int() }), media_group_id: z.string().min(1) }),
});

const keyOf = (raw: unknown): string | null => {
  const part = partSchema.safeParse(raw).data;
  return part ? `${part.message.chat.id}/${part.message.media_group_id}` : null;
};

/** What the first message of an album carries of the others; parse.ts reads it. */
export const ALBUM = 'qingdan_album';

/**
 * The updates of a batch, each later message of an album as null at its place: they are settled with the first, which carries
 * them. What the bot is told in a caption stands under any of the pictures.
 */
export function joinAlbums(batch: readonly unknown[]): unknown[] {
  const parts = new Map<string, unknown[]>();
  for (const raw of batch) {
    const key = keyOf(raw);
    if (key !== null) parts.set(key, [...(parts.get(key) ?? []), raw]);
  }
  const begun = new Set<string>();
  return batch.map((raw) => {
    const key = keyOf(raw);
    const all = key === null ? [] : (parts.get(key) ?? []);
    if (key === null || all.length < 2) return raw;
    const { update_id, message } = partSchema.parse(raw);
    if (begun.has(key)) return { update_id };
    begun.add(key);
    const messages = all.map((it) => partSchema.parse(it).message);
    const words = messages.find((it) => typeof it['caption'] === 'string') ?? message;
    const { caption, caption_entities } = words;
    return {
      update_id,
      message: {
        ...message,
        ...(caption !== undefined && { caption }),
        ...(caption_entities !== undefined && { caption_entities }),
        [ALBUM]: messages,
      },
    };
  });
}

/** The batch may end inside of an album: Telegram hands it out piece by piece. */
export const endsInAlbum = (batch: readonly unknown[]): boolean => keyOf(batch.at(-1)) !== null;
