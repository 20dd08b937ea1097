// Asks cdk-nag about one template: includes it into a stack, and prints each cluster with what AwsSolutions-RDS14 says.
'use strict';
const path = require('path');
const place = path.resolve(process.argv[2]);
const load = (name) => require(require.resolve(name, { paths: [place] }));
const { App, Aspects, Stack, CfnResource } = load('aws-cdk-lib');
const { CfnInclude } = load('aws-cdk-lib/cloudformation-include');
const { NagSuppressions, rules } = load('cdk-nag');

const stack = new Stack(new App({ outdir: path.join(place, 'cdk.out') }), 'Asked');
new CfnInclude(stack, 'Template', { templateFile: process.argv[3] });
for (const node of stack.node.findAll()) {
    if (node instanceof CfnResource && node.cfnResourceType === 'AWS::RDS::DBCluster') {
        let answer;
        try {
            answer = String(rules.rds.AuroraMySQLBacktrack(node));
        } catch (error) {
            answer = 'no answer';
        }
        console.log(JSON.stringify({ address: node.logicalId && stack.resolve(node.logicalId), answer }));
    }
}
