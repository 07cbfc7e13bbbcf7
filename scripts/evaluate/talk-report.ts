/** What came of the dialogues: turns and dialogues right, by tag, and what was wrong. */
import type { PlayedDialogue } from './talk.js';

const shareOf = (right: number, all: number) => ({
  right,
  all,
  share: all === 0 ? 1 : Math.round((right / all) * 1_000) / 1_000,
});

/** A bot that acts where it may not says so with these words, whatever the dialogue is about. */
const NOT_UNDERSTOOD = /没有理解|没看明白|没听明白|没有看懂/;

export function talkReport(played: PlayedDialogue[]) {
  const figures = (dialogues: PlayedDialogue[]) => {
    const turns = dialogues.flatMap((it) => it.turns).filter((it) => it.isChecked);
    const isRight = (dialogue: PlayedDialogue) => dialogue.turns.every((it) => it.failed.length === 0);
    return {
      turns: shareOf(turns.filter((it) => it.failed.length === 0).length, turns.length),
      dialogues: shareOf(dialogues.filter(isRight).length, dialogues.length),
      /** Something was said or done that must not be. */
      wrong: turns.filter((it) => it.failed.some((check) => check.startsWith('not '))).length,
      notUnderstood: turns.filter((it) => it.failed.length > 0 && NOT_UNDERSTOOD.test(it.heard)).length,
    };
  };
  const tags = [...new Set(played.map((it) => it.tag))].sort();
  return {
    ...figures(played),
    byTag: Object.fromEntries(tags.map((tag) => [tag, figures(played.filter((it) => it.tag === tag))])),
    failed: played.flatMap(({ name, tag, turns }) =>
      turns.flatMap(({ said, heard, failed }, at) =>
        failed.length === 0
          ? []
          : [
              {
                dialogue: name,
                tag,
                turn: at + 1,
                said,
                heard: heard.replace(/\s+/g, ' ').slice(0, 160),
                failed,
              },
            ],
      ),
    ),
  };
}

export function printTalk({ byTag, failed, ...all }: ReturnType<typeof talkReport>): void {
  for (const { dialogue, turn, said, heard, failed: checks } of failed)
    console.log(`✗ ${dialogue} #${turn} ${said}\n    → ${heard}\n    ${checks.join('; ')}`);
  for (const [tag, { turns, dialogues, wrong, notUnderstood }] of [
    ...Object.entries(byTag),
    ['total', all] as const,
  ])
    console.log(
      `${tag}: turns ${turns.right}/${turns.all} (${turns.share}), dialogues ${dialogues.right}/${dialogues.all}, said or done wrongly ${wrong}, not understood ${notUnderstood}`,
    );
}

export const transcriptOf = (played: PlayedDialogue[]): string =>
  played
    .map(
      ({ name, tag, turns }) =>
        `##### ${name} [${tag}]\n${turns
          .map(
            ({ said, heard, failed }) =>
              `>>> ${said}\n${heard.trim()}\n${failed.map((it) => `!!! ${it}\n`).join('')}`,
          )
          .join('\n')}`,
    )
    .join('\n');
