/** What the bot can do; of requests, their deadlines and reminders what is said to it for each step. */
import { replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { helpTopicOf } from '../nlu/help-topics.js';
import { mayAsked } from '../requests/may-asked.js';
import { ruleAsked, type RuleQuestion } from '../requests/rules-asked.js';
import { ruleText } from '../requests/rules-told.js';
import { clockRules } from '../requests/rules-view.js';
import { isListOffice } from './shared/editions.js';
import { repliesOf, type HandlerDeps } from './deps.js';

export const HELP_REPLIES = [
  'reply',
  'requests',
  'reminders',
  'deadlines',
  'lists',
  'lists-office',
  'shirked',
] as const;

export function createHelp({ intents, policies }: HandlerDeps): Handler {
  const reply = repliesOf(intents, 'help', HELP_REPLIES);
  return ({ text, match, person }) => {
    const isOffice = isListOffice(person);
    if (match.slots['topic'] === 'lists') return [replyText(reply(isOffice ? 'lists-office' : 'lists'))];
    if (match.slots['topic'] === 'shirked') return [replyText(reply('shirked'))];
    const move = mayAsked(text);
    const rule: RuleQuestion | null = ruleAsked(text) ?? (move && { kind: 'terms', of: [move] });
    if (rule) return [replyText(ruleText(rule, policies))];
    switch (helpTopicOf(text)) {
      case 'lists':
        return [replyText(reply('lists'))];
      case 'requests':
        return [replyText(reply('requests'))];
      case 'reminders':
        return [replyText(reply('reminders'))];
      case 'deadlines':
        return [replyText([reply('deadlines'), ...clockRules(policies)].join('\n'))];
      case null:
        return [replyText(reply('reply'))];
    }
  };
}
