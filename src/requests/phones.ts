/** The telephone that is left where nobody can be written to: most of a duty roster have a telephone and no account. Pure. */
import { isRestricted, type Request } from '../core/request.js';
import type { Directory } from '../organizations/directory.js';
import type { Policy } from './policy.js';

type On = {
  request: Request;
  policy: Pick<Policy, 'deadlineOffice'>;
  directory: Pick<Directory, 'onDuty' | 'organizations'>;
  now: number;
};

/**
 * `县水利局值班 周某 0123-4567`: who is on duty in the unit at that moment, else its duty desk or office. With `isOfCounty`, where the
 * unit has no number, that of the office that watches. '' where there is none.
 */
export function phoneText(
  unit: string,
  { request, policy, directory, now }: On,
  isOfCounty: boolean,
): string {
  const numberOf = (name: string): string => {
    // What speaks of a person is for the office alone, not for whoever has the watch.
    const shift = isRestricted(request) ? undefined : directory.onDuty(name, now).find((it) => it.telephone);
    if (shift) return `${name}值班 ${shift.name} ${shift.telephone ?? ''}`;
    const desk = directory.organizations.find((o) => o.name === name && o.parent === undefined);
    const number = desk?.dutyDesk ?? desk?.telephone;
    return number === undefined ? '' : `${name}值班电话 ${number}`;
  };
  return numberOf(unit) || (isOfCounty ? numberOf(policy.deadlineOffice) : '');
}

/** The same behind other words: `;县水利局值班电话 …` or ''. */
export const orCall = (...of: Parameters<typeof phoneText>): string => {
  const phone = phoneText(...of);
  return phone === '' ? '' : `;${phone}`;
};
