/** 时限怎么规定: how long each kind of request may take, by its policy, in lines for a phone. Pure. */
import { REQUEST_KINDS } from '../core/request.js';
import { durationText } from './durations.js';
import type { Policies, Policy } from './policy.js';

/** Kinds of the same clocks share a line; what holds for a 呼叫 beside its clocks stands below. */
export function clockRules(policies: Policies): string[] {
  const byClocks = new Map<string, string[]>();
  for (const policy of REQUEST_KINDS.map((kind) => policies[kind])) {
    const clocks = clocksText(policy);
    byClocks.set(clocks, [...(byClocks.get(clocks) ?? []), policy.name]);
  }
  const { name, extension, pauses, autoConclude } = policies.call;
  return [
    ...[...byClocks].map(([clocks, names]) => `· ${names.join('、')}:${clocks}`),
    ...(extension
      ? [
          `${name}延期由请求单位或督办同意,不写日期的延${durationText(extension)};退回、延期、转办都要写明理由。`,
        ]
      : []),
    ...(pauses
      ? [`等待补充材料时可以暂停计时,最多${pauses.count}次、合计${durationText(pauses.total)}。`]
      : []),
    `答复后${durationText(autoConclude)}内评价,没有评价的自动办结。`,
  ];
}

function clocksText({ clocks: { normal, urgent } }: Policy): string {
  const text = ({ sign, answer }: Policy['clocks']['normal']) =>
    `${durationText(sign)}内签收、${durationText(answer)}内答复`;
  return `${text(normal)};紧急的${text(urgent)}`;
}
