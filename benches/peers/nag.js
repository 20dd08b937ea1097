// Asks cdk-nag about templates: includes each into a stack, and prints what AwsSolutions-RDS14 says of each cluster, and then
// what CDK's own validation, which runs beside it, says of their windows.
'use strict';
const fs = require('fs');
const path = require('path');
const place = path.resolve(process.argv[2]);
const load = (name) => require(require.resolve(name, { paths: [place] }));
const { App, Aspects, BootstraplessSynthesizer, Stack } = load('aws-cdk-lib');
const { CfnInclude } = load('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks } = load('cdk-nag');

const WHOLE = '-';
const WINDOW = 'Properties.BacktrackWindow';

/** What cdk-nag tells, handed to `print(address, word)`. */
function logger(print) {
    const say = (word) => ({ ruleId, resource }) => {
        if (ruleId === 'AwsSolutions-RDS14' && resource.cfnResourceType === 'AWS::RDS::DBCluster') {
            print(resource.stack.resolve(resource.logicalId), word);
        }
    };
    return {
        onCompliance: say('Compliant'),
        onNonCompliance: say('Non-Compliant'),
        onSuppressed: say('suppressed'),
        onError: say('validation failure'),
        onSuppressedError: say('suppressed'),
        onNotApplicable: () => {},
    };
}

/** The rules of CDK's validation that the template as a whole, or a window, breaks. */
function validation(outdir, print) {
    const report = path.join(outdir, 'validation-report.json');
    const { pluginReports } = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report)) : { pluginReports: [] };
    for (const { ruleName, violatingConstructs } of pluginReports.flatMap(({ violations }) => violations)) {
        if (ruleName === 'F0001') {
            print(WHOLE, ruleName);
        }
        const resources = violatingConstructs.map((construct) => construct.cloudFormationResource);
        for (const resource of resources.filter((each) => each?.propertyPaths?.includes(WINDOW))) {
            print(resource.logicalId, ruleName);
        }
    }
}

function ask(file, outdir) {
    const asked = new Set();
    const print = (address, word) => {
        asked.add(address);
        console.log(JSON.stringify({ file, address, word }));
    };
    const app = new App({ outdir });
    const stack = new Stack(app, 'Asked', { synthesizer: new BootstraplessSynthesizer() });
    try {
        new CfnInclude(stack, 'Template', { templateFile: file });
    } catch {
        return print(WHOLE, 'cannot include');
    }
    Aspects.of(app).add(new AwsSolutionsChecks({ reports: false, additionalLoggers: [logger(print)] }));
    try {
        app.synth();
    } catch (error) {
        // CDK names the property and not the cluster: it is all of them that are not deployed.
        if (error.message.includes('backtrackWindow')) {
            return asked.forEach((address) => print(address, 'CDK refuses'));
        }
        return print(WHOLE, 'cannot include');
    }
    validation(outdir, print);
}

for (const file of process.argv.slice(3)) {
    const outdir = fs.mkdtempSync(path.join(place, 'cdk-'));
    ask(file, outdir);
    fs.rmSync(outdir, { recursive: true });
}
