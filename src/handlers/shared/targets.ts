/** Whom a request is to go to besides who has it: units, and stationed teams of the township that it is about. Pure. */
import type { Organization } from '../../core/domain.js';
import type { Request } from '../../core/request.js';
import { teamName } from '../../organizations/directory.js';
import type { RequestWorld } from '../../requests/effects.js';
import { affirmed } from '../../requests/referring.js';
import { MIN_REASON, unitsIn } from './act-words.js';

/** `rest`: what is said beside the names; empty where that is nothing to go by. */
export type Targets = { units: string[]; rest: string };

const SAYS_NOTHING =
  /转办?给?|转派|通报|告知|请求?|协办|配合|协助|把|这件|此件|由|向|给|让|和|与|[\s,\uff0c。:\uff1a、]/g;

export function targetsIn(said: string, world: RequestWorld, request: Request): Targets {
  const { mentions } = world.directory;
  const text = affirmed(said, mentions);
  const teams = teamsIn(text, world, request);
  // 城管中队 is the team, not the bureau 城管; 柳林镇执法中队 is not the township.
  const bare = teams.reduce((left, { name }) => left.replaceAll(name, ' '), text);
  const units = [...unitsIn(bare, world), ...teams.map(({ team }) => teamName(team))];
  const rest = mentions(bare)
    .reduce((left, { alias }) => left.replace(alias, ''), bare)
    .replace(SAYS_NOTHING, '');
  return { units: [...new Set(units)], rest: rest.length >= MIN_REASON ? rest : '' };
}

type Named = { team: Organization; name: string };

/** Teams of the township that is named with them, else of the one that called or that has the request. */
function teamsIn(text: string, world: RequestWorld, { callers, assignments }: Request): Named[] {
  const named = world.directory.organizations.flatMap((team): Named[] => {
    const { kind, parent, name, aliases } = team;
    if (kind !== 'team' || parent === undefined) return [];
    const short = parent.replace(/(?:镇|乡|街道)$/, '');
    const forms = [name, ...aliases].flatMap((it) => [`${parent}${it}`, `${short}${it}`, it]);
    const said = forms.sort((a, b) => b.length - a.length).find((it) => text.includes(it));
    return said === undefined ? [] : [{ team, name: said }];
  });
  const places = named.filter(({ team, name }) => name.startsWith((team.parent ?? '').slice(0, 2)));
  if (places.length > 0) return places;
  const isConcerned = ({ team: { parent = '' } }: Named) =>
    callers.some(({ organization }) => organization === parent) ||
    assignments.some(({ organization }) => organization.startsWith(parent));
  return named.filter(isConcerned);
}
