/** The codes that Feishu's pages list for the calls of the bot, written from their tables 错误码 and not from our own table. */

const SEND = [
  ...[230001, 230002, 230006, 230011, 230013, 230015, 230017, 230018, 230019, 230020, 230022, 230025, 230027],
  ...[230028, 230029, 230031, 230034, 230035, 230036, 230038, 230049, 230050, 230053, 230054, 230055, 230071],
  ...[230072, 230075, 230099, 230110, 230111, 232009],
];
const UPLOAD = [232096, 234001, 234002, 234006, 234007, 234010, 234011, 234039, 234041, 234042];
/** 通用错误码, as far as they speak of scopes, tokens, limits and failures of the platform. */
export const GENERAL_CODES: readonly number[] = [
  99991672, 99991400, 99991403, 99991663, 99991401, 2200, 1663,
];

/** im.message.create, reply, patch, im.image.create, im.file.create. */
export const SENDING_CODES: readonly number[] = [...SEND, ...UPLOAD];
/** card/update, by the token of a click. */
export const DELAYED_CODES: readonly number[] = [
  ...[11311, 10002, 100000, 100030, 200000, 200310, 200320, 300020, 300030, 300040, 300090],
  ...GENERAL_CODES,
];
export const URGENT_CODES: readonly number[] = [
  ...[230001, 230002, 230006, 230012, 230013, 230023, 230024, 230027, 230052, 230098, 230110, 232009],
  ...GENERAL_CODES,
];
/** im.messageResource.get. */
export const DOWNLOAD_CODES: readonly number[] = [
  ...[230110, 234001, 234002, 234003, 234004, 234009, 234019, 234037, 234038, 234040, 234041, 234042, 234043],
  ...GENERAL_CODES,
];
