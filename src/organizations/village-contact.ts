/** The contact of a village: on the directory with an account, and nobody's staff. Few rights: see knowledge/README.md. */
import type { User } from '../core/chat.js';
import type { Person, Village } from '../core/domain.js';
import type { Directory } from './directory.js';

/** The village whose contact speaks from the account; null for anybody else, and for whoever is bound as a person. */
export function villageOf(
  { user, person }: { user: User; person: Person | null },
  { villages }: Pick<Directory, 'villages'>,
): Village | null {
  const account = `${user.platform}:${user.id}`;
  return person ? null : (villages.find(({ accounts }) => accounts.includes(account)) ?? null);
}

/** As somebody of the township who holds no post and no role: whom 我们镇 means, and nothing that may be done. */
export const asOfTownship = ({ contact, township, accounts }: Village): Person => ({
  ...{ name: contact, organization: township, posts: [], roles: [], accounts },
});
