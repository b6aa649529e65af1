import { architecture } from '../../../../lib/review/output/page/architecture';
import { tierNames } from '../../../../lib/tiers/tier';
import { markupOf, wordsOf } from './page-text';
import { fullReview } from './sample-report';

const four = tierNames.map(fullReview);
const small = fullReview('small');

describe('the picture of the architecture', () => {
  it('has the words of each size in the box of a part', () => {
    const all = wordsOf(markupOf(architecture(four)));
    const replicas = all.indexOf('Read replicas');
    expect(all.slice(replicas, replicas + 9)).toEqual([
      'Read replicas',
      'S',
      '–',
      'M',
      '1 × db.t4g.medium',
      'L',
      '2 × db.m8g.xlarge',
      'E',
      '2 × db.r8g.2xlarge',
    ]);
  });

  it('leaves out a part that no size has, and goes round it', () => {
    const page = markupOf(architecture([small]));
    expect(wordsOf(page)).not.toContain('RDS Proxy');
    expect(page).toContain('d="M550,300L562,300L562,201L864,201"'); // from the tasks straight to the database
  });

  it('tells in words what it shows', () => {
    const description = /<desc[^>]*>([^<]*)</.exec(markupOf(architecture(four)))?.[1];
    expect(description).toContain('NAT gateways: small –, medium 1, large 3, enterprise 3.');
  });
});
