import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';

/** The least that anybody synthesises: what the store's synthesis is compared with. */
const app = new App({ autoSynth: false });
new Bucket(new Stack(app, 'OneBucket'), 'Bucket');
app.synth();
