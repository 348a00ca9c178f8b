import { RECOMMENDATIONS, type IntegrationKind } from './recommendation';
import type { Integration } from './integration';

type Row = readonly [id: string, name: string, kind: IntegrationKind, website: string];

/** The integrations that ship. An id stays for good: credentials and configuration files hold it. */
const rows: readonly Row[] = [
  ['adp', 'ADP', 'PAYROLL', 'https://www.adp.com'],
  ['datev', 'DATEV', 'PAYROLL', 'https://www.datev.de'],
  ['deel', 'Deel', 'PAYROLL', 'https://www.deel.com'],
  ['gusto', 'Gusto', 'PAYROLL', 'https://gusto.com'],
  ['papaya-global', 'Papaya Global', 'PAYROLL', 'https://www.papayaglobal.com'],
  ['remote', 'Remote', 'PAYROLL', 'https://remote.com'],
  ['sage', 'Sage', 'PAYROLL', 'https://www.sage.com'],
  ['google-workspace', 'Google Workspace', 'IDENTITY', 'https://workspace.google.com'],
  ['jumpcloud', 'JumpCloud', 'IDENTITY', 'https://jumpcloud.com'],
  ['keycloak', 'Keycloak', 'IDENTITY', 'https://www.keycloak.org'],
  ['microsoft-entra-id', 'Microsoft Entra ID', 'IDENTITY', 'https://entra.microsoft.com'],
  ['okta', 'Okta', 'IDENTITY', 'https://www.okta.com'],
  ['onelogin', 'OneLogin', 'IDENTITY', 'https://www.onelogin.com'],
  ['ashby', 'Ashby', 'RECRUITING', 'https://www.ashbyhq.com'],
  ['greenhouse', 'Greenhouse', 'RECRUITING', 'https://www.greenhouse.com'],
  ['lever', 'Lever', 'RECRUITING', 'https://www.lever.co'],
  ['smartrecruiters', 'SmartRecruiters', 'RECRUITING', 'https://www.smartrecruiters.com'],
  ['softgarden', 'softgarden', 'RECRUITING', 'https://softgarden.com'],
  ['workable', 'Workable', 'RECRUITING', 'https://www.workable.com'],
  ['atoss', 'ATOSS', 'TIME', 'https://www.atoss.com'],
  ['clockodo', 'Clockodo', 'TIME', 'https://www.clockodo.com'],
  ['papershift', 'Papershift', 'TIME', 'https://www.papershift.com'],
  ['planday', 'Planday', 'TIME', 'https://www.planday.com'],
  ['toggl-track', 'Toggl Track', 'TIME', 'https://toggl.com'],
  ['asana', 'Asana', 'COLLABORATION', 'https://asana.com'],
  ['confluence', 'Confluence', 'COLLABORATION', 'https://www.atlassian.com/software/confluence'],
  ['jira', 'Jira', 'COLLABORATION', 'https://www.atlassian.com/software/jira'],
  ['microsoft-teams', 'Microsoft Teams', 'COLLABORATION', 'https://www.microsoft.com/microsoft-teams'],
  ['slack', 'Slack', 'COLLABORATION', 'https://slack.com'],
  ['make', 'Make', 'AUTOMATION', 'https://www.make.com'],
  ['zapier', 'Zapier', 'AUTOMATION', 'https://zapier.com'],
  ['360learning', '360Learning', 'LEARNING', 'https://360learning.com'],
  ['docebo', 'Docebo', 'LEARNING', 'https://www.docebo.com'],
  ['linkedin-learning', 'LinkedIn Learning', 'LEARNING', 'https://www.linkedin.com/learning'],
  ['culture-amp', 'Culture Amp', 'PERFORMANCE', 'https://www.cultureamp.com'],
  ['lattice', 'Lattice', 'PERFORMANCE', 'https://lattice.com'],
  ['leapsome', 'Leapsome', 'PERFORMANCE', 'https://www.leapsome.com'],
  ['circula', 'Circula', 'EXPENSES', 'https://www.circula.com'],
  ['pleo', 'Pleo', 'EXPENSES', 'https://www.pleo.io'],
  ['sap-concur', 'SAP Concur', 'EXPENSES', 'https://www.concur.com'],
  ['spendesk', 'Spendesk', 'EXPENSES', 'https://www.spendesk.com'],
  ['jobrad', 'JobRad', 'BENEFITS', 'https://www.jobrad.org'],
  ['urban-sports-club', 'Urban Sports Club', 'BENEFITS', 'https://urbansportsclub.com'],
  ['docusign', 'Docusign', 'SERVICE', 'https://www.docusign.com'],
  ['servicenow', 'ServiceNow', 'SERVICE', 'https://www.servicenow.com'],
  ['power-bi', 'Microsoft Power BI', 'ANALYTICS', 'https://www.microsoft.com/power-platform/products/power-bi'],
  ['tableau', 'Tableau', 'ANALYTICS', 'https://www.tableau.com'],
];

export const DIRECTORY: readonly Integration[] = rows.map(([id, name, kind, website]) => {
  const { category, modules, attributes } = RECOMMENDATIONS[kind];
  return {
    id,
    name,
    category,
    website,
    recommendedModules: modules,
    recommendedAttributes: attributes,
    builtIn: true,
  };
});
