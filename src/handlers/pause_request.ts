/** 暂停计时 for material that the caller must supply, and its supply. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { byWords, MIN_REASON } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';

/** Reasons of the unit's own stop no clock. */
const OWN_REASON = /人手|人员|出差|忙|没空|没人|请假|开会|领导|局长|放假|经费|车辆|车坏/;
const MATERIAL = /补|材料|资料|提供|照片|证|复印|图|清单|核实|确认/;

const pause: MoveSpec = {
  move: 'pause',
  isMeant: byWords('req-pause', /暂停|待补充|需补充|缺材料/),
  missing: ({ text }) => {
    if (text.trim().length < MIN_REASON) return '请写明需要请求单位补充什么。';
    return OWN_REASON.test(text) && !MATERIAL.test(text)
      ? '只有等待请求单位补充材料时才暂停计时。请写明需要对方补充什么;本单位确有困难的,请申请延期。'
      : null;
  },
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
