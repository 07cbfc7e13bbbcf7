/** Whose telephone numbers and e-mail addresses these are, by Feishu's own directory; answers are kept for a while. */
import type { Clock } from '../../core/ports.js';
import type { FeishuApi } from './api.js';

/** Page batch_get_id: at most so many of each a call. */
const AT_ONCE = 50;

/** See `Adapter.accountsOf`. A whole county is some dozens of calls, so what is new to it alone is asked. */
export function createAccounts(api: Pick<FeishuApi, 'accountsOf'>, now: Clock) {
  const known = new Map<string, { account: string | null; at: number }>();
  return async (contacts: readonly string[], maxAgeMs: number): Promise<ReadonlyMap<string, string>> => {
    const at = now();
    const isFresh = (it: string): boolean => at - (known.get(it)?.at ?? -Infinity) < maxAgeMs;
    const asked = [...new Set(contacts)].filter((it) => !isFresh(it));
    const emails = asked.filter((it) => it.includes('@'));
    const mobiles = asked.filter((it) => !it.includes('@'));
    for (let from = 0; from < Math.max(emails.length, mobiles.length); from += AT_ONCE) {
      const part = [mobiles, emails].map((list) => list.slice(from, from + AT_ONCE));
      const [ofMobiles = [], ofEmails = []] = part;
      const found = await api.accountsOf(ofMobiles, ofEmails);
      for (const it of part.flat()) known.set(it, { account: found.get(it) ?? null, at });
    }
    return new Map(
      contacts.flatMap((it): [string, string][] => {
        const account = known.get(it)?.account;
        return account ? [[it, account]] : [];
      }),
    );
  };
}
