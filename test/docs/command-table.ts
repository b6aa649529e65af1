/** How far a printed command goes on a machine without AWS and Docker. */
export type Reach =
  /** It is run and ends so. */
  | { readonly exits: number; readonly prints: RegExp }
  /** It is run and refused in plain text, without a stack trace. */
  | { readonly refused: RegExp }
  /** It is not run here: why, and the command of this table or the test that goes as far. */
  | { readonly notRun: string; readonly coveredBy: string }
  /** The shell parses it, and no more. */
  | { readonly parsedOnly: string };

const noCredentials = { refused: /^No AWS credentials were found; set AWS_PROFILE, or log in/m };
const noAccount = { refused: /^Unable to resolve AWS account to use/m };

const checks = 'a part of `.ci/run`, which runs the tests themselves';

/** Commands of npm and npx, and scripts. */
export const commandTable: Readonly<Record<string, Reach>> = {
  'npm ci': { notRun: 'it would remove the packages under this test', coveredBy: '.ci/run' },
  'npm cit': { notRun: 'it would remove the packages under this test', coveredBy: '.ci/run' },
  '.ci/run': { notRun: 'it runs the tests themselves', coveredBy: '.github/workflows/ci.yml' },
  'npm test': { notRun: checks, coveredBy: '.ci/run' },
  'npm test -- -u': { notRun: 'it would accept whatever differs', coveredBy: '.ci/run' },
  'npm run test:services': { notRun: 'it runs tests of this run', coveredBy: '.ci/run' },
  'npm run test:slow': { notRun: 'it runs the tests themselves, three times', coveredBy: '.ci/slow-tests.cjs' },
  'npm run lint': { notRun: checks, coveredBy: '.ci/run' },
  'npm run format': { notRun: 'it would write the sources', coveredBy: '.ci/run' },
  'npm run findings': { notRun: 'half a minute of cdk-nag', coveredBy: '.ci/run' },
  'npm run facts': { exits: 0, prints: /facts of \d+ sources; 0 to look up again/ },
  'npm run docs': { notRun: 'it would write the documents', coveredBy: 'test/docs/generated.test.ts' },

  'npm start': { exits: 0, prints: /small +medium +large +enterprise/ },
  'npm start -- --store shop --tier small': { exits: 0, prints: /^Store review: small/m },
  'npm start -- --store shop --tier medium': {
    notRun: 'the same review of another size',
    coveredBy: 'npm start -- --store shop --tier small',
  },
  'npm start -- --tier medium': {
    notRun: 'the same review of another size',
    coveredBy: 'test/review/output/terminal/four-sizes.test.ts',
  },
  'npm start -- --from small --to medium': { exits: 2, prints: /^small → medium +SAFE/m },
  'npm start -- --from deployed.json --to medium': {
    notRun: 'the file comes from AWS',
    coveredBy: 'test/bin/review/changes.test.ts',
  },
  'npm start -- --changes': { notRun: 'a part of `npm start`', coveredBy: 'test/bin/review/changes.test.ts' },
  'npm start -- --carry orders=3000,drop=800,usersAtOnce=2000 --max-usd 300': {
    exits: 0,
    prints: /^1\. small, \d+ USD a month/m,
  },
  'npm start -- --compare small medium': { exits: 0, prints: /^USD a month +\d+.+\n[^]+ lines differ, \d+ are the same/m },
  'npm start -- --compare medium medium:orders=3000,users=8000': {
    notRun: '`--compare` with another month',
    coveredBy: 'test/bin/review/compare.test.ts',
  },
  'npm start -- --compare medium --base main': {
    notRun: 'a clean checkout of CI has no branch main',
    coveredBy: 'test/bin/compare/template-at.test.ts',
  },
  'npm start -- --usage orders=3000,users=8000,pictures=5TB': {
    notRun: '`npm start` in another month',
    coveredBy: 'test/bin/review.test.ts',
  },
  'npm start -- --assessment assessment.json': {
    notRun: 'the file comes from AWS',
    coveredBy: 'test/bin/review/assessment.test.ts',
  },
  'npm start -- --assume cdnHitRate=0.9 --assume readsPerWrite=20': {
    notRun: '`npm start` with two other figures',
    coveredBy: 'test/bin/review.test.ts',
  },
  'npm start -- --store $STORE': {
    notRun: 'the store comes from the runbook',
    coveredBy: 'npm start -- --store shop --tier small',
  },

  'npm run refund -- --url https://shop.example.com --order K7QF-3M2P --amount 500': {
    refused: /^No log-in: set STORE_ADMIN_EMAIL/m,
  },

  ...Object.fromEntries(
    [
      'npm run reconcile -- bill.csv.gz --store shop',
      'npm run reconcile -- exports --store shop --month 2026-10',
      'npm run reconcile -- bill.parquet --store shop --tier medium --write',
    ].map((command) => [command, { notRun: 'the file comes from AWS', coveredBy: 'test/bin/reconcile.test.ts' }]),
  ),
  ...Object.fromEntries(
    ['npm run measure', 'npm run measure -- --url http://127.0.0.1:3000 --path /products --path /healthz'].map((command) => [
      command,
      { notRun: 'it loads an app for a minute', coveredBy: 'test/bin/measure/measure.test.ts' },
    ]),
  ),

  'npm run admin -- create --email ops@example.com --stack Store-shop --region us-east-1': noCredentials,
  'npm run admin -- create --email ops@example.com --local': {
    notRun: 'a store may run in the folder',
    coveredBy: 'test/bin/admin.test.ts',
  },
  'npm run admin -- demote --email ADDRESS --stack "$STACK" --region "$REGION"': {
    notRun: 'the address comes from the runbook',
    coveredBy: 'test/bin/admin.test.ts',
  },
  'npm run admin -- create --email ADDRESS --stack "$STACK" --region "$REGION" --promote': {
    notRun: 'the address comes from the runbook',
    coveredBy: 'test/bin/admin.test.ts',
  },

  'npm run import -- products products.csv --stack Store-shop --region us-east-1 --dry-run': {
    refused: /^the file "products\.csv" cannot be read, or has nothing in it$/m,
  },
  ...Object.fromEntries(
    [
      'npm run import',
      'npm run import -- products products.csv --local --create-missing',
      'npm run import -- customers customers.csv --local',
      'npm run import -- orders orders.csv --local',
      'npm run import -- products products.csv --stack Store-shop --region us-east-1 --create-missing --set-stock',
      'npm run import -- customers customers.csv --stack Store-shop --region us-east-1',
      'npm run import -- orders orders.csv --stack Store-shop --region us-east-1',
    ].map((command) => [command, { notRun: 'its file comes from the page', coveredBy: 'test/docs/moving-in.test.ts' }]),
  ),

  'npm run deploy': { refused: /^ +tier +is not given; choose one$/m },
  'npm run deploy -- --tier medium --dry-run': noCredentials,
  'npm run deploy -- --tier medium': {
    notRun: 'refused at the same place',
    coveredBy: 'npm run deploy -- --tier medium --dry-run',
  },
  'npm run deploy -- --tier small': {
    notRun: 'refused at the same place',
    coveredBy: 'npm run deploy -- --tier medium --dry-run',
  },
  'npm run deploy -- --store staging --tier small --yes': {
    notRun: 'the project has no store `staging`',
    coveredBy: 'test/bin/deploy.test.ts',
  },
  'npm run deploy -- --tier medium -- --verbose': {
    notRun: 'refused at the same place',
    coveredBy: 'test/bin/deploy/passthrough-options.test.ts',
  },

  'npm run --silent bootstrap:github -- --repository octo-org/shop > github.json': {
    notRun: 'it would write into the project',
    coveredBy: 'test/bin/bootstrap-github.test.ts',
  },
  'npm run --silent bootstrap:github -- --repository octo-org@123456/shop@456789 > github.json': {
    notRun: 'it would write into the project',
    coveredBy: 'test/bin/bootstrap-github.test.ts',
  },
  'npm run --silent bootstrap:github -- --repository octo-org@123456/shop@456789 --existing-provider > github.json': {
    notRun: 'it would write into the project',
    coveredBy: 'test/bin/bootstrap-github.test.ts',
  },
  'npm run --silent compare -- --base ../base > comment.md': {
    notRun: 'it takes a second checkout',
    coveredBy: 'test/bin/compare.test.ts',
  },

  'npm run preflight -- --tier small': noCredentials,
  'npx cdk bootstrap --context tier=small': {
    notRun: 'a part of `.ci/run`, against an emulator',
    coveredBy: 'rehearsal/first-deployment.ts',
  },
  'npm run preflight -- --tier small --offline': {
    notRun: 'it ends as Docker is on this machine',
    coveredBy: 'test/preflight/offline.test.ts',
  },
  'npx cdk deploy --context tier=medium': noAccount,
  'npx cdk deploy': {
    notRun: 'the name of the command, refused without a size',
    coveredBy: 'test/config/load-store-config.test.ts',
  },
  'npx cdk deploy --context tier=$TIER': {
    notRun: 'the size comes from the runbook',
    coveredBy: 'npx cdk deploy --context tier=medium',
  },
  'npx cdk diff --context tier=medium': {
    notRun: 'refused at the same place',
    coveredBy: 'npx cdk deploy --context tier=medium',
  },
  'npx cdk diff --context tier=$TIER': {
    notRun: 'the size comes from the runbook',
    coveredBy: 'npx cdk deploy --context tier=medium',
  },

  'npm run assess -- --stack Store-shop': { refused: /^No region is given: add --region, or set AWS_REGION$/m },
  'npm run --silent assess -- --stack Store-shop --json > assessment.json': {
    notRun: 'it would write into the project',
    coveredBy: 'test/bin/assess.test.ts',
  },
  'npm run assess -- --stack "$STACK" --region "$REGION"': {
    notRun: 'the stack comes from the runbook',
    coveredBy: 'test/bin/assess.test.ts',
  },
  'npm run prices:refresh -- --region us-east-1 --dry-run': noCredentials,
  'npm run prices:refresh -- --region us-east-1': {
    notRun: 'refused at the same place',
    coveredBy: 'npm run prices:refresh -- --region us-east-1 --dry-run',
  },

  ...Object.fromEntries(
    ['npm run check:app', 'npm run check:app -- CONFIG --image'].map((command) => [
      command,
      { notRun: 'named in prose', coveredBy: 'test/services/check-app.test.ts' },
    ]),
  ),
  'npm run check:app -- test/services/check-app/check.json --quiet': {
    notRun: 'it takes half a minute',
    coveredBy: 'test/services/check-app.test.ts',
  },
  'npm run local': { notRun: 'it runs until somebody stops it', coveredBy: 'test/bin/local/local.test.ts' },
  'npm run local -- --fresh --port 9000': {
    notRun: 'it runs until somebody stops it',
    coveredBy: 'test/bin/local/local.test.ts',
  },
  'npm run local -- --cors-origin http://localhost:5173': {
    notRun: 'it runs until somebody stops it',
    coveredBy: 'test/bin/local/local.test.ts',
  },
  'npm run bench -- --help': { exits: 0, prints: /^Usage: npm run bench -- /m },
  'npm run rehearse': { notRun: 'a part of `.ci/run`; it takes a minute or two, and Python', coveredBy: '.ci/run' },
  'npm run bench': { notRun: 'it takes 40 minutes and an idle machine', coveredBy: 'test/bench/page.test.ts' },
  'npm run bench -- services': { notRun: 'it takes an idle machine', coveredBy: 'test/bench/services/k6.test.ts' },
  'npm run bench -- drop': { notRun: 'it takes an idle machine', coveredBy: 'test/bench/services/k6.test.ts' },
  'npm run bench -- partitions': { notRun: 'it takes half an hour', coveredBy: 'test/bench/page.test.ts' },
  'npm run bench -- stages-viral --factor 0.1': {
    notRun: 'it takes an idle machine',
    coveredBy: 'test/bench/services/scenarios.test.ts',
  },
  'npm run bench -- stages --url https://shop.example.com': {
    notRun: 'it takes a store that is deployed',
    coveredBy: 'test/bench/services/deployed-target.test.ts',
  },
  'npm run bench -- stages-normal --url https://shop.example.com --sessions sessions.txt --factor 0.1': {
    notRun: 'it takes a store that is deployed',
    coveredBy: 'test/bench/services/deployed-target.test.ts',
  },
  'npm run bench -- stages --factor 0.1': { notRun: 'it takes an idle machine', coveredBy: 'test/bench/services/k6.test.ts' },
};

/** Commands of programs that are not part of the project. */
export const foreignCommands: Readonly<Record<string, Reach>> = {
  aws: { parsedOnly: 'each asks an account; `npm run rehearse` runs those of a first deployment and of leaving on an emulator' },
  node: { parsedOnly: 'an option of Node, named' },
};
