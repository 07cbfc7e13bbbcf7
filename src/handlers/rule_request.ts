/** 提请裁定, 裁定, and the admission of a 交办. */
import type { Handler } from '../core/types.js';
import { createAct } from './act.js';
import type { HandlerDeps } from './deps.js';
import { admit, askRuling, refuseAdmission, rule } from './moves.js';

export const createRuleRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'rule_request', [refuseAdmission, admit, askRuling, rule]);
