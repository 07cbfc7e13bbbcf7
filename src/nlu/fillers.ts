/** Speech that was turned into text: what is said while thinking, and what is said twice. Pure. */

/** Sounds of thinking; a message that is nothing else stays as it is. */
const SOUNDS = /[呃嗯唔](?=[\u4e00-\u9fff])/g;
const OPENING =
  /^(?:(?:喂|哎|哎呀|哦|噢|嗯|呃|额|那个|这个|就是|就是说|然后|对了|还有|你好|您好|请问|问一下|打听一下|我?(?:就|是)?想问(?:一)?下|我想问问)[\s,\uff0c、]*)+/;
/** Said twice at once: 路灯路灯, 是是. 会不会不好 asks, 一户一户 is how it is said. */
const TWICE =
  /((?![一两三半几])[\u4e00-\u9fff]{1,3}(?![不没一])[\u4e00-\u9fff])\1|([是就我那这归])\2(?=[\u4e00-\u9fff])/g;
const PADDING =
  /就是说|那个(?=那个|[嗯呃])|(?:来着|那啥)$|(?<=[\u4e00-\u9fff])(?:嘛|哈)(?=那个|这个|[嗯呃])/g;
/** Two such signs, or one that nobody writes: it was spoken. */
const SPOKEN =
  /[呃嗯唔](?=[\u4e00-\u9fff])|((?![一两三半几])[\u4e00-\u9fff]{1,3}(?![不没一])[\u4e00-\u9fff])\1|([是就我那这归])\2|就是说|^(?:喂|哦对了)|就是那个/;
const MIN_LEFT = 3;

/** Without them, where the message was spoken. */
export function dropFillers(text: string): string {
  if (!SPOKEN.test(text)) return text;
  const rest = text
    .replace(SOUNDS, '')
    .replace(TWICE, '$1$2')
    .replace(PADDING, '')
    .replace(OPENING, '')
    .trim();
  return rest.length >= MIN_LEFT ? rest : text;
}
