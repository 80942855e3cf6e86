"""The documents that both servers are asked about the less common things of a project, in order."""

from __future__ import annotations

from parity.graphql.writing import REPOSITORY, Document, ended, launch, paths, selector

_AGAIN = """
    mutation($params: ReexecutionParams) {
      launchRunReexecution(reexecutionParams: $params) {
        __typename
        ... on LaunchRunSuccess {
          run { runId parentRunId assetSelection { path } assetCheckSelection { name } tags { key value } }
        }
      }
    }"""

DECLARED = (
    Document(
        name="varied: conditions in words",
        text="{ assetNodes { assetKey { path } automationCondition { label expandedLabel } } }",
    ),
    Document(
        name="varied: functions of assets",
        text="""
        {
          assetNodes {
            assetKey { path } opNames graphName pools requiredResources { resourceKey } op { name description pool }
            configField { isRequired }
          }
        }""",
    ),
    Document(
        name="varied: jobs of checks",
        text="""
        {
          assetNodes(assetKeys: [{path: ["orders"]}, {path: ["left"]}, {path: ["with_checks"]}]) {
            assetKey { path }
            assetChecksOrError { ... on AssetChecks { checks { name canExecuteIndividually jobNames blocking } } }
          }
        }""",
    ),
    Document(
        name="varied: what schedules and sensors select",
        text="""
        query($in: RepositorySelector!) {
          schedulesOrError(repositorySelector: $in) {
            ... on Schedules { results { name pipelineName assetSelection { assetSelectionString assetKeys { path } } } }
          }
          sensorOrError(sensorSelector: {sensorName: "on_pair", repositoryName: "__repository__",
              repositoryLocationName: "project.py"}) {
            ... on Sensor {
              assetSelection { assetSelectionString assetKeys { path } assetChecks { name } } targets { pipelineName }
            }
          }
          other: sensorOrError(sensorSelector: {sensorName: "on_orders", repositoryName: "__repository__",
              repositoryLocationName: "project.py"}) {
            ... on Sensor { assetSelection { assetSelectionString assetKeys { path } } targets { pipelineName } }
          }
        }""",
        variables={"in": REPOSITORY},
    ),
    Document(
        name="varied: a schedule is asked about its next time",
        text="""
        mutation($schedule: ScheduleSelector!) {
          before: scheduleDryRun(selectorData: $schedule, timestamp: 1735689600) {
            ... on DryRunInstigationTick { timestamp evaluationResult { skipReason } }
          }
          at: scheduleDryRun(selectorData: $schedule, timestamp: 1735705800) {
            ... on DryRunInstigationTick { timestamp evaluationResult { skipReason } }
          }
        }""",
        variables={"schedule": {"scheduleName": "twice", **REPOSITORY}},
    ),
    *(
        Document(
            name=f"varied: the job {name}",
            text="""
            query($params: PipelineSelector!) {
              pipelineOrError(params: $params) {
                ... on Pipeline {
                  name isAssetJob presets { name mode runConfigYaml solidSelection tags { key } } runTags { key value }
                  metadataEntries { label } nodeNames
                  solids {
                    name
                    definition {
                      __typename name outputDefinitions { name metadataEntries { label } }
                      ... on CompositeSolidDefinition { modes { name } solids { name } }
                    }
                  }
                }
              }
            }""",
            variables={"params": selector(name)},
        )
        for name in ("numbers", "fanned", "with_config")
    ),
    Document(
        name="varied: the config that a job of assets declares",
        text="""
        query($params: PipelineSelector!) {
          pipelineOrError(params: $params) { ... on Pipeline { isAssetJob presets { name mode runConfigYaml } } }
        }""",
        variables={"params": selector("pair_job")},
    ),
    Document(
        name="varied: what may start an asset",
        text="""
        {
          assetNodes(assetKeys: [{path: ["left"]}, {path: ["right"]}]) {
            targetingInstigators { __typename ... on Schedule { name } ... on Sensor { name } }
          }
        }""",
    ),
)

_PRESET = """
    mutation($params: ExecutionParams!) {
      launchRun(executionParams: $params) {
        __typename ... on PresetNotFoundError { message preset } ... on ConflictingExecutionParamsError { message }
      }
    }"""

LAUNCHED = (
    *(
        Document(name=f"varied: {name}", text=_PRESET, variables={"params": {"selector": selector("with_config"), **params}})
        for name, params in {
            "a preset that there is not": {"preset": "nothing"},
            "a preset with a mode": {"preset": "default", "mode": "default"},
            "a preset with config": {"preset": "default", "runConfigData": {"ops": {}}},
        }.items()
    ),
    Document(
        name="varied: a run knows its pools",
        text="""
        mutation($params: ExecutionParams!) {
          launchRun(executionParams: $params) {
            ... on LaunchRunSuccess { run { allPools rootConcurrencyKeys hasUnconstrainedRootNodes } }
          }
        }""",
        variables={"params": {"selector": selector("pools")}},
    ),
    Document(
        name="varied: an external asset is launched",
        text="""
        mutation($params: ExecutionParams!) { launchRun(executionParams: $params) { __typename } }""",
        variables={"params": {"selector": selector("__ASSET_JOB", assetSelection=paths("outside"))}},
    ),
    launch("varied: all assets of a job", "pair_job", "pair", assetSelection=paths("left", "right")),
    ended("varied: they end", "<pair>"),
    launch("varied: assets with metadata", "__ASSET_JOB", "orders", assetSelection=paths("orders")),
    ended("varied: the assets with metadata end", "<orders>"),
    launch("varied: assets that fail", "__ASSET_JOB", "failing_assets", assetSelection=paths("failing_asset", "below_failing")),
    ended("varied: the assets that fail end", "<failing_assets>"),
    launch("varied: ops that are selected", "failing", "selected", solidSelection=["one", "plus_one"]),
    ended("varied: the selected ops end", "<selected>"),
    launch("varied: a failure", "failing", "failing"),
    ended("varied: the failure ends", "<failing>"),
)

TOLD = (
    Document(
        name="varied: what the event of a failed run says",
        text="""
        query($runId: ID!) {
          logsForRun(runId: $runId) {
            ... on EventConnection {
              events { ... on RunFailureEvent { message error { className } } }
            }
          }
        }""",
        variables={"runId": "<failing>"},
    ),
    Document(
        name="varied: what a failure says of itself",
        text="""
        query($runId: ID!) {
          logsForRun(runId: $runId) {
            ... on EventConnection {
              events {
                ... on ExecutionStepFailureEvent {
                  stepKey errorSource failureMetadata { label metadataEntries { label ... on TextMetadataEntry { text } } }
                }
              }
            }
          }
        }""",
        variables={"runId": "<failing>"},
    ),
    Document(
        name="varied: which ops were selected",
        text="query($runId: ID!) { runOrError(runId: $runId) { ... on Run { solidSelection resolvedOpSelection } } }",
        variables={"runId": "<selected>"},
        unordered=("runOrError.resolvedOpSelection",),
    ),
    Document(
        name="varied: what a step found as expected",
        text="""
        query($runId: ID!) {
          runOrError(runId: $runId) {
            ... on Run {
              stepStats {
                stepKey expectationResults { success label description metadataEntries { label } } materializations { label }
              }
            }
          }
        }""",
        variables={"runId": "<orders>"},
        unordered=("runOrError.stepStats",),
    ),
    Document(
        name="varied: kinds of metadata",
        text="""
        {
          assetOrError(assetKey: {path: ["orders"]}) {
            ... on Asset {
              assetMaterializations(limit: 1) {
                metadataEntries {
                  __typename label description
                  ... on UrlMetadataEntry { url } ... on PathMetadataEntry { path } ... on TimestampMetadataEntry { timestamp }
                  ... on AssetMetadataEntry { assetKey { path } }
                  ... on JobMetadataEntry { jobName repositoryName locationName }
                  ... on FloatMetadataEntry { floatValue floatRepr } ... on IntMetadataEntry { intValue intRepr }
                  ... on TableMetadataEntry { table { records schema { columns { name type } } } }
                  ... on TableColumnLineageMetadataEntry {
                    lineage { columnName columnDeps { assetKey { path } columnName } }
                  }
                }
              }
              assetObservations(limit: 1) { description metadataEntries { label } }
            }
          }
        }""",
    ),
    Document(
        name="varied: assets and checks left undone are executed again",
        text=_AGAIN,
        variables={"params": {"parentRunId": "<failing_assets>", "strategy": "FROM_ASSET_FAILURE"}},
        unordered=("launchRunReexecution.run.assetSelection",),
    ),
    Document(
        name="varied: a check left undone is executed again",
        text="""
        mutation($params: ReexecutionParams) {
          launchRunReexecution(reexecutionParams: $params) {
            __typename ... on LaunchRunSuccess { run { parentRunId assetCheckSelection { name } tags { key value } } }
          }
        }""",
        variables={"params": {"parentRunId": "<pair>", "strategy": "FROM_ASSET_FAILURE"}},
    ),
    Document(
        name="varied: nothing of assets was left undone",
        text="""
        mutation($params: ReexecutionParams) { launchRunReexecution(reexecutionParams: $params) { __typename } }""",
        variables={"params": {"parentRunId": "<failing>", "strategy": "FROM_ASSET_FAILURE"}},
    ),
)

DOCUMENTS: tuple[Document, ...] = (*DECLARED, *LAUNCHED, *TOLD)
