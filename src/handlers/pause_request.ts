/** 暂停计时 for material that the caller must supply, and its supply. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec, byWords, needs, MIN_REASON } from './shared/move.js';
import type { HandlerDeps } from './deps.js';

const pause: MoveSpec = {
  move: 'pause',
  isMeant: byWords('req-pause', /暂停|待补充|需补充|缺材料/),
  missing: needs('请写明需要请求单位补充什么。'),
  make: (said, { assignment }) => ({
    kind: 'pause',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已请请求单位补充,办理计时暂停。',
};

const resume: MoveSpec = {
  move: 'resume',
  isMeant: () => true,
  missing: (said) =>
    said.text.trim().length >= MIN_REASON || said.attachments.length > 0 ? null : '请发送补充的说明或照片。',
  make: (said, { assignment }) => ({
    kind: 'resume',
    text: said.text.trim() || '已补充附件',
    attachments: said.attachments,
    ...(assignment && { assignment }),
  }),
  done: '已补充,办理计时恢复。',
};

export const createPauseRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'pause_request', [pause, resume]);
