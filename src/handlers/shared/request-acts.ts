/** What can be done on a case that is named: looked at, or moved by one of its parties. */
import type { Handler } from '../../core/types.js';
import type { HandlerDeps } from '../deps.js';
import { createExtendRequest } from '../extend_request.js';
import { createPauseRequest } from '../pause_request.js';
import { createRateRequest } from '../rate_request.js';
import { createReopenRequest } from '../reopen_request.js';
import { createReplyRequest } from '../reply_request.js';
import { createRequestStatus } from '../request_status.js';
import { createReturnRequest } from '../return_request.js';
import { createSignRequest } from '../sign_request.js';
import { createTransferRequest } from '../transfer_request.js';
import { createUrgeRequest } from '../urge_request.js';
import { createWithdrawRequest } from '../withdraw_request.js';

export const REQUEST_ACTS: Readonly<Record<string, (deps: HandlerDeps) => Handler>> = {
  request_status: createRequestStatus,
  sign_request: createSignRequest,
  return_request: createReturnRequest,
  transfer_request: createTransferRequest,
  reply_request: createReplyRequest,
  extend_request: createExtendRequest,
  rate_request: createRateRequest,
  urge_request: createUrgeRequest,
  withdraw_request: createWithdrawRequest,
  reopen_request: createReopenRequest,
  pause_request: createPauseRequest,
};
