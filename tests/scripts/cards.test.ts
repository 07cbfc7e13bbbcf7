/** The scenes of the gallery still play, and every element of their cards has a drawing. */
import { expect, it } from 'vitest';
import { renderEdit } from '../../src/adapters/feishu/render.js';
import { findBrowser } from '../../scripts/cards/browser.js';
import { pageOf } from '../../scripts/cards/html.js';
import { playScene } from '../../scripts/cards/play.js';
import { SCENES } from '../../scripts/cards/scenes.js';
import { useAssistant } from '../helpers/assistant.js';
import { problemsOfCard } from '../helpers/feishu-card-schema.js';

const assistant = useAssistant();
const PLACE = { platform: 'feishu', chatId: 'oc_gallery', isDirect: true } as const;

it.each(SCENES.map((scene) => [scene.name, scene] as const))(
  'the scene “%s” shows a card that Feishu takes and the page draws',
  async (name, scene) => {
    const shown = await playScene(scene, assistant().tools, assistant());
    const json = renderEdit(shown, PLACE)?.content ?? '';
    expect(problemsOfCard(json)).toEqual([]);
    const page = pageOf([{ name, json }]);
    expect(page).toContain(('card' in shown ? shown.card.title : shown.text).replace(/ · .*$/, ''));
    expect(page).not.toContain('undefined');
  },
);

it('an element without a drawing is an error, not a gap', () => {
  const json = JSON.stringify({ body: { elements: [{ tag: 'chart' }] } });
  expect(() => pageOf([{ name: 'x', json }])).toThrow('no drawing for the element “chart”');
});

it('signs of markup in an answer stay signs', () => {
  const json = JSON.stringify({ body: { elements: [{ tag: 'div', text: { content: '<b>&1' } }] } });
  expect(pageOf([{ name: 'x', json }])).toContain('&lt;b&gt;&amp;1');
});

it('a browser is looked for where the setting says', () => {
  expect(findBrowser({ CHROMIUM: '/nowhere/chromium' })).toBeNull();
});
