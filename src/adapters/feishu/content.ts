/** The content of a Feishu message by its kind: words, pictures and files, pins, and what cannot be read. Pure. */
import { z } from 'zod';
import { pinText, type Attachment, type ChatEvent } from '../../core/chat.js';
import { idText, parseJson } from '../shapes.js';

const node = z.looseObject({
  tag: z.string(),
  text: z.string().optional(),
  user_id: z.string().optional(),
  image_key: z.string().optional(),
  file_key: z.string().optional(),
});
const imageSchema = z.object({ image_key: idText });
const fileSchema = z.object({ file_key: idText, file_name: z.string().optional() });
const postSchema = z.object({ title: z.string().default(''), content: z.array(z.array(node)) });
/** Older clients wrap the post in its language. */
const anyPostSchema = z.union([
  postSchema,
  z
    .record(z.string(), postSchema)
    .transform((byLanguage) => Object.values(byLanguage)[0] ?? { title: '', content: [] }),
]);

/** Several messages passed on as one; the event holds none of their words. */
export const MERGED = 'merge_forward';

const locationSchema = z.object({
  name: z.string().catch(''),
  latitude: z.coerce.number(),
  longitude: z.coerce.number(),
});
const READABLE: ReadonlySet<string> = new Set(['text', 'post', 'image', 'file', 'media', MERGED]);

/** A pin says where; what the bot cannot read is told apart from what has no words. */
export function parseKind(type: string, content: string): { event: ChatEvent; text: string } | null {
  if (READABLE.has(type)) return null;
  const pin = type === 'location' && locationSchema.safeParse(parseJson(content)).data;
  if (pin) return { event: { kind: 'place' }, text: pinText(pin.name, pin.latitude, pin.longitude) };
  return { event: { kind: 'unsupported', what: type === 'audio' ? 'voice' : 'other' }, text: '' };
}

/** Text and attachments; a video counts as a file. All other kinds (sticker, voice …) have neither. */
export function parseContent(
  type: string,
  content: string,
  messageId: string,
): { text: string; attachments: Attachment[] } {
  const body = parseJson(content);
  const of = (kind: Attachment['kind'], id: string, name?: string): Attachment => {
    return { platform: 'feishu', kind, id, messageId, ...(name && { name }) };
  };
  switch (type) {
    case 'text':
      return { text: z.object({ text: z.string() }).safeParse(body).data?.text ?? '', attachments: [] };
    case 'image': {
      const image = imageSchema.safeParse(body).data;
      return { text: '', attachments: image ? [of('photo', image.image_key)] : [] };
    }
    case 'file':
    case 'media': {
      const file = fileSchema.safeParse(body).data;
      return { text: '', attachments: file ? [of('file', file.file_key, file.file_name)] : [] };
    }
    case 'post': {
      const post = anyPostSchema.safeParse(body).data;
      const nodes = post?.content.flat() ?? [];
      const attachments = nodes.flatMap(({ tag, image_key, file_key }) =>
        tag === 'img' && image_key
          ? [of('photo', image_key)]
          : tag === 'media' && file_key
            ? [of('file', file_key)]
            : [],
      );
      return { text: post ? postText(post) : '', attachments };
    }
    default:
      return { text: '', attachments: [] };
  }
}

function postText({ title, content }: z.infer<typeof postSchema>): string {
  const lines = content.map((line) => line.map((n) => (n.tag === 'at' ? n.user_id : n.text) ?? '').join(''));
  return [title, ...lines].filter((line) => line.trim() !== '').join('\n');
}
