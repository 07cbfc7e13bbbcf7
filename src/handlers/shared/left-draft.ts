/** A request in the making that was left open for longer than a session lasts. */
import { replyCard, replyText, setSession } from '../../core/effects.js';
import type { Session } from '../../core/session.js';
import type { Context, Effect } from '../../core/types.js';
import { shorten } from '../../text/shorten.js';
import { DraftFlow } from './flow-shapes.js';
import { sessionOn } from './requests.js';

/** It is offered once. */
export function offerLeft(ctx: Context): Effect[] {
  const data = DraftFlow.safeParse(ctx.session?.left?.flow.data).data;
  if (!data) return [];
  const { lead, text } = data.draft;
  return [
    replyCard({
      title: '您有一份没有提交的草稿',
      blocks: [{ kind: 'text', text: [lead, shorten(text, 60)].filter(Boolean).join(':') }],
      buttons: [
        { id: 'draft-resume', label: '继续填写', style: 'primary' },
        { id: 'draft-drop', label: '放弃' },
      ],
    }),
  ];
}

/** 提交 where nothing is being drafted; one that was left open is offered again. */
export function noDraft(ctx: Context): Effect[] {
  const left = offerLeft(ctx);
  if (left.length > 0) return left;
  const ofRow = ctx.session?.focus ? '要就刚才查的这一项提交的,请说“帮我报上去”;' : '';
  return [
    replyText(
      `没有待提交的草稿,没有提交任何请求。${ofRow}要提请求,请说“呼叫住建局:什么事、在哪里”,核对后再提交。`,
    ),
  ];
}

const withoutLeft = ({ left: _left, ...session }: Session): Session => session;

/** 先别发: it waits. */
export const KEPT = '好的,先不提交,草稿保留着。';
export const HELD = `${KEPT}要提交时请回复“提交”,不要了请回复“取消”。`;

/** Given up by the person. */
export const drop = (ctx: Context): Effect[] => [
  replyText('好的,草稿已放弃,没有提交。'),
  setSession(withoutLeft(sessionOn(ctx, {}))),
];
