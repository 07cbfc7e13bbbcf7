/** What no phrasing of a resident or an official holds: orders to a model or a program, addresses, talk of a model about itself. */

const BAD: [RegExp, string][] = [
  [/[\p{Cc}\p{Cf}\p{Co}]/u, '含有控制字符'],
  [/https?:|www\.|\.(?:com|cn|net|org|exe|sh)\b|:\/\//i, '含有网址'],
  [/<\/?[a-z!]|\{\{|\}\}|\$\{|\$\(|`|;\s?--|\\[nrtux]/i, '含有程序代码'],
  [
    /\b(?:ignore|disregard|forget|override)\b|\b(?:system|assistant|developer)\s?[:\uff1a]|\bprompt\b|\bjson\b|\b(?:rm -|drop table|select \*|delete from|curl |sudo )/i,
    '含有指令',
  ],
  [
    /(?:忽略|无视|忘记|忘掉|不要理会|抛开)[^,\uff0c。]{0,8}(?:以上|上述|上面|之前|前面|先前|此前|所有|全部|一切|指令|指示|要求|规则|提示)|(?:系统|开发者)(?:提示|指令|消息)|提示词|越狱/,
    '含有指令',
  ],
  [
    /你(?:现在|从现在起|今后)?(?:是一[个名位]|扮演|必须|需要?(?:输出|执行|回答|回复))|扮演|角色设定/,
    '含有指令',
  ],
  [
    /(?:请|立即|马上|直接)?(?:输出|打印|返回|执行)(?:以下|下列|下面|如下|全部|所有|命令|指令|脚本|代码|密钥|密码|口令)/,
    '含有指令',
  ],
  [
    /(?:答案|回答|回复|答复)(?:一律|统一|都|必须|应当|应该|只能)?(?:是|为|写成?)|一律(?:答|回答|回复|改|归|由)/,
    '含有指令',
  ],
  [/^[/@!\uff01#\uff20]|@所有人|@全体/, '像是发给程序的命令'],
  [
    /作为(?:一[个款名位])?\S{0,4}(?:AI|人工智能|语言模型|大模型|助手)|语言模型|人工智能助手|抱歉|对不起|无法(?:提供|生成|满足)/i,
    '是模型自己的话',
  ],
  [
    /^(?:好的|当然|以下|下面|以上|如下|希望|如需|如果(?:你|您)?(?:还|需要)|请(?:注意|告诉|告知|继续)|注[:\uff1a]|说明[:\uff1a]|共计?\d)/,
    '是模型自己的话',
  ],
  [/……|\.\.|^(?:问法|例句|示例|样例)[一二三四五六七八\d]?[:\uff1a]?|[xX×][xX×]|[【[]/u, '是占位的文字'],
];
const HAN_LEAST = 4;

/** Why a text is no phrasing; null where nothing of it is seen. */
export function badWords(text: string): string | null {
  for (const [pattern, reason] of BAD) if (pattern.test(text)) return reason;
  return (text.match(/\p{Script=Han}/gu)?.length ?? 0) < HAN_LEAST ? '不是中文的问法' : null;
}
