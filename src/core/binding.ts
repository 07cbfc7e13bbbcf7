/** Which account is whose, and which group is which unit's, as it was agreed in chats. */

/** What was bound in a chat: an account to a person, or a group to a unit. It goes before the files of the directory. */
export type Binding = {
  /** `platform:id` of the account or the group. */
  place: string;
  /** `name` for an account. Null: bound to nobody any more, whatever the files say. */
  to: { unit: string; name?: string } | null;
  /** `platform:id` of who confirmed it; null where the platform did (own telephone, a group that is gone). */
  by: string | null;
  at: number;
};
