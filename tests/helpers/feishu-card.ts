/** What a person can press on a card of Feishu, wherever it stands in it. */

/** What a press brings back; `clickEvent` takes it in place of a bare value. */
export class Pressed {
  readonly action: { tag: string; value: unknown; option?: string };
  constructor(action: Pressed['action']) {
    this.action = action;
  }
}

export type CardButton = { label: string; value: Pressed; isFolded: boolean };

type Text = { content: string };
type Callback = { value: unknown }[];

/** Buttons and the options of 更多, in order. */
export function buttonsOf(value: unknown): CardButton[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('tag' in value && value.tag === 'button') {
    const { text, behaviors } = value as unknown as { text: Text; behaviors: Callback };
    const pressed = new Pressed({ tag: 'button', value: behaviors[0]?.value });
    return [{ label: text.content, value: pressed, isFolded: false }];
  }
  if ('tag' in value && value.tag === 'overflow') {
    const { options, behaviors } = value as unknown as {
      options: { text: Text; value: string }[];
      behaviors: Callback;
    };
    return options.map(({ text, value: option }) => ({
      label: text.content,
      value: new Pressed({ tag: 'overflow', value: behaviors[0]?.value, option }),
      isFolded: true,
    }));
  }
  return Object.values(value).flatMap(buttonsOf);
}
