"""The documents that both servers are asked about the project as a whole, in order: those of the public documentation, and what
pages and scripts ask for."""

from __future__ import annotations

from parity.graphql.writing import REPOSITORY, Document, ended, launch, paths, selector

CONFIG = {"ops": {"read": {"config": {"limit": 3}}}}

WORKSPACE = (
    Document(name="version", text="{ version }"),
    Document(name="permissions", text="{ permissions { permission value disabledReason } canBulkTerminate }"),
    Document(
        name="repositories, as the documentation asks for them",
        text="""
        query {
          repositoriesOrError {
            __typename
            ... on RepositoryConnection { nodes { name location { name } } }
          }
        }""",
    ),
    Document(
        name="jobs of a repository, as the documentation asks for them",
        text="""
        query($selector: RepositorySelector!) {
          repositoryOrError(repositorySelector: $selector) {
            ... on Repository { jobs { name description tags { key value } isJob isAssetJob } }
          }
        }""",
        variables={"selector": REPOSITORY},
    ),
    Document(
        name="workspace",
        text="""
        {
          workspaceOrError {
            __typename
            ... on Workspace {
              id
              locationEntries {
                name loadStatus
                permissions { permission value }
                locationOrLoadError {
                  __typename
                  ... on RepositoryLocation {
                    name isReloadSupported environmentPath
                    repositories {
                      name
                      assetGroups { groupName assetKeys { path } }
                      schedules { name } sensors { name sensorType }
                      origin { repositoryName repositoryLocationName }
                    }
                  }
                }
              }
            }
          }
          locationStatusesOrError {
            ... on WorkspaceLocationStatusEntries { entries { name loadStatus } }
          }
        }""",
        unordered=("workspaceOrError.locationEntries.0.locationOrLoadError.repositories.0.assetGroups.0.assetKeys",),
    ),
    Document(
        name="locations that are not there",
        text="""
        mutation {
          reloadRepositoryLocation(repositoryLocationName: "nowhere") { __typename ... on Error { message } }
          shutdownRepositoryLocation(repositoryLocationName: "nowhere") { __typename ... on Error { message } }
        }""",
    ),
    Document(
        name="reload of a location",
        text="""
        mutation {
          reloadRepositoryLocation(repositoryLocationName: "project.py") {
            __typename
            ... on WorkspaceLocationEntry { name loadStatus locationOrLoadError { __typename } }
          }
        }""",
    ),
    Document(
        name="instance",
        text="""
        {
          instance {
            id hasInfo runQueuingSupported
            runQueueConfig { maxConcurrentRuns tagConcurrencyLimitsYaml isOpConcurrencyAware }
            supportsConcurrencyLimits minConcurrencyLimitValue maxConcurrencyLimitValue
            concurrencyLimit(concurrencyKey: "nothing") { concurrencyKey slotCount limit usingDefaultLimit activeSlotCount }
            daemonHealth { id daemonStatus(daemonType: "SCHEDULER") { daemonType required } }
          }
        }""",
    ),
    Document(
        name="limits of pools",
        text="""
        mutation {
          setConcurrencyLimit(concurrencyKey: "database", limit: 2)
        }""",
    ),
    Document(
        name="pools",
        text="""
        {
          instance {
            concurrencyLimits {
              concurrencyKey slotCount limit usingDefaultLimit activeSlotCount activeRunIds pendingStepCount assignedStepCount
              claimedSlots { runId } pendingSteps { runId }
            }
          }
        }""",
    ),
    Document(name="a limit is taken away", text='mutation { deleteConcurrencyLimit(concurrencyKey: "database") }'),
)

JOBS = (
    Document(
        name="a job and its graph",
        text="""
        query($params: PipelineSelector!) {
          pipelineOrError(params: $params) {
            __typename
            ... on Pipeline {
              name description graphName nodeNames isJob isAssetJob tags { key value } parentSnapshotId presets { name }
              solids {
                name isDynamicMapped
                inputs { definition { name type { displayName } } dependsOn { solid { name } definition { name } } }
                outputs { definition { name type { displayName } } dependedBy { solid { name } definition { name } } }
                definition {
                  __typename name description
                  inputDefinitions { name } outputDefinitions { name isDynamic }
                  ... on CompositeSolidDefinition {
                    solids { name }
                    inputMappings { definition { name } mappedInput { solid { name } definition { name } } }
                    outputMappings { definition { name } mappedOutput { solid { name } definition { name } } }
                  }
                  ... on SolidDefinition { requiredResources { resourceKey } configField { name isRequired } pool }
                }
              }
              solidHandles { handleID solid { name } parent { handleID } }
              dagsterTypes { name displayName isNullable isList isBuiltin isNothing }
              modes { name resources { name } loggers { name } }
            }
          }
        }""",
        variables={"params": selector("numbers")},
        unordered=("pipelineOrError.solidHandles",),
    ),
    Document(
        name="a job of assets",
        text="""
        query($params: PipelineSelector!) {
          pipelineOrError(params: $params) {
            ... on Pipeline {
              name isAssetJob runTags { key value }
              solids {
                name
                inputs { dependsOn { solid { name } } }
                definition { __typename name assetNodes { assetKey { path } } }
              }
              schedules { name cronSchedule } sensors { name }
            }
          }
        }""",
        variables={"params": selector("sales_job")},
        unordered=("pipelineOrError.solids.2.inputs.0.dependsOn",),
    ),
    Document(
        name="a job that is not there",
        text="query($params: PipelineSelector!) { pipelineOrError(params: $params) { __typename ... on Error { message } } }",
        variables={"params": selector("nothing")},
    ),
    Document(
        name="schema of run config",
        text="""
        query($selector: PipelineSelector!) {
          runConfigSchemaOrError(selector: $selector) {
            __typename
            ... on RunConfigSchema {
              rootDefaultYaml
              rootConfigType {
                __typename isSelector
                ... on CompositeConfigType {
                  fields {
                    name isRequired
                    configType {
                      __typename
                      ... on CompositeConfigType {
                        fields {
                          name isRequired
                          configType {
                            __typename
                            ... on CompositeConfigType { fields { name isRequired } }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }""",
        variables={"selector": selector("labels")},
    ),
    Document(
        name="config that fits, and config that does not",
        text="""
        query($job: PipelineSelector!, $good: RunConfigData!, $bad: RunConfigData!) {
          good: isPipelineConfigValid(pipeline: $job, mode: "default", runConfigData: $good) {
            __typename ... on PipelineConfigValidationValid { pipelineName }
          }
          bad: isPipelineConfigValid(pipeline: $job, mode: "default", runConfigData: $bad) {
            __typename
            ... on RunConfigValidationInvalid {
              pipelineName
              errors { __typename reason message stack { entries { ... on EvaluationStackPathEntry { fieldName } } } }
            }
          }
        }""",
        variables={
            "job": selector("numbers"),
            "good": CONFIG,
            "bad": {"ops": {"read": {"config": {"limit": "three", "more": 1}}}},
        },
        unordered=("bad.errors",),
    ),
    Document(
        name="plan of a job",
        text="""
        query($job: PipelineSelector!, $config: RunConfigData) {
          executionPlanOrError(pipeline: $job, mode: "default", runConfigData: $config) {
            __typename
            ... on ExecutionPlan {
              artifactsPersisted
              steps { key kind solidHandleID inputs { name dependsOn { key } } outputs { name } }
            }
          }
        }""",
        variables={"job": selector("numbers"), "config": CONFIG},
        unordered=("executionPlanOrError.steps",),
    ),
)

ASSETS = (
    Document(
        name="assets as they are declared",
        text="""
        {
          assetNodes {
            assetKey { path } groupName description opName opNames opVersion graphName kinds
            isExecutable isObservable isMaterializable isPartitioned isVirtual isAutoCreatedStub
            jobNames tags { key value }
            owners { __typename ... on UserAssetOwner { email } ... on TeamAssetOwner { team } }
            dependencyKeys { path } dependedByKeys { path }
            metadataEntries { __typename label ... on IntMetadataEntry { intValue } ... on UrlMetadataEntry { url } }
            requiredResources { resourceKey } backfillPolicy { policyType } automationCondition { label }
            repository { name location { name } } pools hasAssetChecks
          }
        }""",
    ),
    Document(
        name="one asset with its neighbours",
        text="""
        {
          assetNodeOrError(assetKey: {path: ["right"]}) {
            __typename
            ... on AssetNode {
              assetKey { path }
              dependencies { asset { assetKey { path } } }
              dependedBy { asset { assetKey { path } } }
              jobs { name }
            }
          }
          missing: assetNodeOrError(assetKey: {path: ["nothing"]}) { __typename ... on AssetNotFoundError { message } }
          assetNodeAdditionalRequiredKeys(assetKeys: [{path: ["left"]}]) { path }
          assetOrError(assetKey: {path: ["nothing"]}) { __typename }
        }""",
    ),
    Document(
        name="assets of a group, of a job, by key",
        text="""
        query($group: AssetGroupSelector, $job: PipelineSelector) {
          ofGroup: assetNodes(group: $group) { assetKey { path } }
          ofJob: assetNodes(pipeline: $job) { assetKey { path } }
          byKey: assetNodes(assetKeys: [{path: ["broken"]}, {path: ["nothing"]}]) { assetKey { path } }
        }""",
        variables={"group": {"groupName": "sales", **REPOSITORY}, "job": selector("sales_job")},
    ),
    Document(
        name="partitions",
        text="""
        {
          assetNodes(assetKeys: [{path: ["daily"]}, {path: ["colored"]}, {path: ["in_towns"]}]) {
            assetKey { path }
            partitionDefinition { type name fmt dimensionTypes { name type isPrimaryDimension dynamicPartitionsDefinitionName } }
            partitionKeys
            partitionKeysByDimension { name partitionKeys type }
            partitionKeyConnection(limit: 2, ascending: true) { results hasMore }
            partitionStats { numMaterialized numPartitions numFailed numMaterializing }
          }
        }""",
    ),
    Document(
        name="dynamic partitions are added once",
        text="""
        mutation($in: RepositorySelector!) {
          first: addDynamicPartition(partitionKey: "Kyiv", partitionsDefName: "towns", repositorySelector: $in) {
            __typename ... on AddDynamicPartitionSuccess { partitionsDefName partitionKey }
          }
          second: addDynamicPartition(partitionKey: "Kyiv", partitionsDefName: "towns", repositorySelector: $in) {
            __typename ... on DuplicateDynamicPartitionError { message }
          }
          other: addDynamicPartition(partitionKey: "Kyiv", partitionsDefName: "nothing", repositorySelector: $in) {
            __typename ... on UnauthorizedError { message }
          }
        }""",
        variables={"in": REPOSITORY},
    ),
    Document(
        name="checks",
        text="""
        {
          assetNodeOrError(assetKey: {path: ["orders"]}) {
            ... on AssetNode {
              assetChecksOrError {
                __typename
                ... on AssetChecks {
                  checks { name assetKey { path } description blocking canExecuteIndividually jobNames
                    additionalAssetKeys { path } executionForLatestMaterialization { status } }
                }
              }
              assetCheckOrError(checkName: "nothing") { __typename }
            }
          }
        }""",
    ),
    Document(
        name="what is known of assets before anything ran",
        text="""
        {
          assetsLatestInfo(assetKeys: [{path: ["orders"]}, {path: ["report"]}]) {
            assetKey { path } latestMaterialization { runId } unstartedRunIds inProgressRunIds latestRun { runId }
          }
          assetRecordsOrError { __typename ... on AssetRecordConnection { assets { key { path } } cursor } }
          assetsOrError(limit: 2) { ... on AssetConnection { nodes { key { path } } cursor } }
        }""",
        unordered=("assetsLatestInfo",),
    ),
)

RUNS = (
    launch("a job is launched", "numbers", "numbers", runConfigData=CONFIG),
    ended("the job ends", "<numbers>"),
    launch(
        "a job is launched with tags and config in JSON",
        "labels",
        "labels",
        runConfigData='{"ops": {"labelled": {"config": {"label": "x"}}}}',
        executionMetadata={"tags": [{"key": "by", "value": "ada"}]},
    ),
    ended("the job with tags ends", "<labels>"),
    launch("config is missing", "numbers", runConfigData={}),
    launch("config does not fit", "numbers", runConfigData={"ops": {"read": {"config": {"limit": "x", "more": 1}}}}),
    launch("a job is launched that is not there", "nothing"),
    launch("ops are selected", "failing", "one", solidSelection=["one"]),
    ended("the selected ops end", "<one>"),
    launch("ops are selected that are not there", "failing", solidSelection=["nothing"]),
    launch("a job fails", "failing", "failing"),
    ended("the failing job ends", "<failing>"),
    launch("assets are materialized", "__ASSET_JOB", "assets", assetSelection=paths("orders", "report")),
    ended("the assets are made", "<assets>"),
    launch("assets are materialized that are not there", "__ASSET_JOB", assetSelection=paths("nothing")),
    launch(
        "a partition is materialized",
        "daily_job",
        "partition",
        executionMetadata={"tags": [{"key": "dagster/partition", "value": "2024-01-02"}]},
    ),
    ended("the partition is made", "<partition>"),
    Document(
        name="the log of a run",
        text="""
        query($runId: ID!) {
          logsForRun(runId: $runId) {
            __typename
            ... on EventConnection {
              hasMore
              events {
                __typename
                ... on MessageEvent { message level stepKey eventType }
                ... on ExecutionStepFailureEvent { errorSource error { className } }
              }
            }
          }
        }""",
        variables={"runId": "<failing>"},
        leaves_out=("EngineEvent",),
    ),
    Document(
        name="an error with its causes",
        text="""
        query($runId: ID!) {
          logsForRun(runId: $runId) {
            ... on EventConnection {
              events {
                ... on ExecutionStepFailureEvent {
                  stepKey error { className causes { message className } errorChain { isExplicitLink error { className } } }
                }
              }
            }
          }
        }""",
        variables={"runId": "<failing>"},
    ),
    Document(
        name="runs that are filtered, as the documentation asks for them",
        text="""
        query($filter: RunsFilter) {
          runsOrError(filter: $filter) {
            __typename
            ... on Runs {
              count results { runId jobName status tags { key value } stats { ... on RunStatsSnapshot { stepsFailed } } }
            }
          }
        }""",
        variables={"filter": {"statuses": ["FAILURE"]}},
    ),
    Document(
        name="pages of runs",
        text="""
        query($cursor: String) {
          runsOrError(limit: 2, cursor: $cursor) { ... on Runs { results { runId jobName } } }
          runsFeedOrError(limit: 2, view: RUNS) {
            __typename
            ... on RunsFeedConnection { hasMore results { __typename runStatus jobName } }
          }
          runsFeedCountOrError(view: ROOTS) { ... on RunsFeedCount { count } }
          runIdsOrError(limit: 1) { ... on RunIds { results } }
          runTagKeysOrError { ... on RunTagKeys { keys } }
          runTagsOrError(tagKeys: ["by"]) { ... on RunTags { tags { key values } } }
        }""",
        variables={"cursor": "<failing>"},
    ),
    Document(
        name="runs that are not there",
        text="""
        {
          runOrError(runId: "nothing") { __typename ... on RunNotFoundError { message runId } }
          pipelineRunOrError(runId: "nothing") { __typename }
          logsForRun(runId: "nothing") { __typename }
          runGroupOrError(runId: "nothing") { __typename }
        }""",
    ),
    Document(
        name="what a run was about",
        text="""
        query($runId: ID!) {
          runOrError(runId: $runId) {
            ... on Run {
              assets { key { path } } assetMaterializations { label assetKey { path } partition }
              assetChecks { name assetKey { path } }
              pipeline { __typename name } hasReExecutePermission
              executionPlan { steps { key } }
            }
          }
        }""",
        variables={"runId": "<assets>"},
        unordered=(
            "runOrError.executionPlan.steps",
            "runOrError.assetMaterializations",
            "runOrError.assets",
            "runOrError.assetChecks",
        ),
    ),
    Document(
        name="materializations with metadata",
        text="""
        {
          assetOrError(assetKey: {path: ["orders"]}) {
            ... on Asset {
              key { path } hasDefinitionOrRecord definition { groupName }
              assetMaterializations(limit: 5) {
                runId label partition stepKey tags { key }
                metadataEntries {
                  __typename label description
                  ... on IntMetadataEntry { intValue intRepr }
                  ... on FloatMetadataEntry { floatValue floatRepr }
                  ... on BoolMetadataEntry { boolValue }
                  ... on MarkdownMetadataEntry { mdStr }
                  ... on JsonMetadataEntry { jsonString }
                  ... on TableSchemaMetadataEntry {
                    schema { columns { name type description constraints { nullable unique other } } constraints { other } }
                  }
                }
                runOrError { ... on Run { runId status } }
                stepStats { stepKey status }
              }
              assetEventHistory(limit: 3, eventTypeSelectors: [MATERIALIZATION, OBSERVATION]) { results { __typename } }
            }
          }
        }""",
    ),
    Document(
        name="where assets stand afterwards",
        text="""
        {
          assetsLatestInfo(assetKeys: [{path: ["orders"]}, {path: ["daily"]}]) {
            assetKey { path } latestMaterialization { runId partition }
            unstartedRunIds inProgressRunIds latestRun { runId status }
          }
          assetNodeOrError(assetKey: {path: ["daily"]}) {
            ... on AssetNode {
              partitionStats { numMaterialized numPartitions numFailed }
              latestMaterializationByPartition(partitions: ["2024-01-01", "2024-01-02"]) { partition runId }
              latestRunForPartition(partition: "2024-01-02") { runId }
              assetPartitionStatuses {
                __typename ... on TimePartitionStatuses { ranges { startKey endKey status } }
              }
            }
          }
        }""",
    ),
    Document(
        name="what checks found",
        text="""
        {
          assetCheckExecutions(assetKey: {path: ["report"]}, checkName: "looks_odd", limit: 5) {
            runId status stepKey partition
            evaluation { success severity description checkName assetKey { path } metadataEntries { label } }
          }
        }""",
    ),
)

AGAIN = (
    Document(
        name="a run is executed again from its failure, as the documentation does it",
        text="""
        mutation($params: ReexecutionParams) {
          launchRunReexecution(reexecutionParams: $params) {
            __typename
            ... on LaunchRunSuccess { run { runId rootRunId parentRunId stepKeysToExecute tags { key value } } }
          }
        }""",
        variables={"params": {"parentRunId": "<failing>", "strategy": "FROM_FAILURE"}},
        keeps={"again": "launchRunReexecution.run.runId"},
        unordered=("launchRunReexecution.run.stepKeysToExecute",),
    ),
    ended("the repeated run ends", "<again>"),
    Document(
        name="a run is executed again as a whole",
        text="""
        mutation($params: ReexecutionParams) {
          launchRunReexecution(reexecutionParams: $params) {
            __typename
            ... on LaunchRunSuccess { run { runId rootRunId parentRunId stepKeysToExecute tags { key value } } }
          }
        }""",
        variables={
            "params": {
                "parentRunId": "<numbers>",
                "strategy": "ALL_STEPS",
                "extraTags": [{"key": "why", "value": "again"}],
            }
        },
        keeps={"whole": "launchRunReexecution.run.runId"},
        unordered=("launchRunReexecution.run.stepKeysToExecute",),
    ),
    ended("the whole repeated run ends", "<whole>"),
    Document(
        name="the chain of repetitions",
        text="query($runId: ID!) { runGroupOrError(runId: $runId) { ... on RunGroup { rootRunId runs { runId } } } }",
        variables={"runId": "<again>"},
    ),
    launch("a long run is launched", "__ASSET_JOB", "slow", assetSelection=paths("slow")),
    Document(
        name="the long run goes on",
        text="query($runId: ID!) { runOrError(runId: $runId) { ... on Run { status canTerminate stepStats { status } } } }",
        variables={"runId": "<slow>"},
        until=("runOrError.stepStats.0.status", ("IN_PROGRESS",)),
    ),
    Document(
        name="a run is stopped, as the documentation does it",
        text="""
        mutation($runId: String!) {
          terminateRun(runId: $runId) { __typename ... on TerminateRunSuccess { run { runId } } }
        }""",
        variables={"runId": "<slow>"},
    ),
    ended("the long run is canceled", "<slow>"),
    Document(
        name="runs that cannot be stopped",
        text="""
        mutation($ended: String!) {
          terminateRun(runId: $ended) { __typename ... on TerminateRunFailure { message } }
          terminateRuns(runIds: [$ended, "nothing"]) {
            __typename
            ... on TerminateRunsResult { terminateRunResults { __typename ... on RunNotFoundError { message runId } } }
          }
        }""",
        variables={"ended": "<numbers>"},
    ),
    Document(
        name="a run is deleted",
        text="""
        mutation($runId: String!) {
          first: deleteRun(runId: $runId) { __typename ... on DeletePipelineRunSuccess { runId } }
          second: deleteRun(runId: $runId) { __typename ... on RunNotFoundError { runId } }
        }""",
        variables={"runId": "<labels>"},
    ),
    Document(
        name="several runs are launched at once",
        text="""
        mutation($list: [ExecutionParams!]!) {
          launchMultipleRuns(executionParamsList: $list) {
            __typename
            ... on LaunchMultipleRunsResult {
              launchMultipleRunsResult { __typename ... on LaunchRunSuccess { run { jobName status } } }
            }
          }
        }""",
        variables={
            "list": [
                {"selector": selector("labels"), "runConfigData": {"ops": {"labelled": {"config": {"label": "y"}}}}},
                {"selector": selector("nothing")},
            ]
        },
    ),
)

REPORTS = (
    Document(
        name="assets are reported",
        text="""
        mutation {
          one: reportRunlessAssetEvents(
            eventParams: {eventType: ASSET_MATERIALIZATION, assetKey: {path: ["report"]}, description: "by hand"}
          ) { __typename ... on ReportRunlessAssetEventsSuccess { assetKey { path } } }
          partitions: reportRunlessAssetEvents(
            eventParams: {eventType: ASSET_MATERIALIZATION, assetKey: {path: ["colored"]}, partitionKeys: ["red", "blue"]}
          ) { __typename }
          seen: reportRunlessAssetEvents(
            eventParams: {eventType: ASSET_OBSERVATION, assetKey: {path: ["elsewhere"]}}
          ) { __typename }
          check: reportAssetCheckEvaluations(
            eventParams: {assetKey: {path: ["report"]}, checkName: "looks_odd", passed: true, serializedMetadata: "{\\"n\\": 1}"}
          ) { __typename ... on ReportAssetCheckEvaluationsSuccess { checkName assetKey { path } } }
        }""",
    ),
    Document(
        name="what was reported is known",
        text="""
        {
          assetOrError(assetKey: {path: ["report"]}) {
            ... on Asset { assetMaterializations(limit: 1) { runId description partition runOrError { __typename } } }
          }
          elsewhere: assetOrError(assetKey: {path: ["elsewhere"]}) {
            ... on Asset { definition { groupName } assetObservations { partition } hasDefinitionOrRecord }
          }
          assetNodeOrError(assetKey: {path: ["colored"]}) {
            ... on AssetNode {
              assetPartitionStatuses {
                ... on DefaultPartitionStatuses { materializedPartitions unmaterializedPartitions failedPartitions }
              }
            }
          }
          assetCheckExecutions(assetKey: {path: ["report"]}, checkName: "looks_odd", limit: 1) {
            runId status evaluation { success severity metadataEntries { label } }
          }
        }""",
        unordered=("assetNodeOrError.assetPartitionStatuses.materializedPartitions",),
    ),
    Document(
        name="an asset is forgotten",
        text="""
        mutation {
          wipeAssets(assetPartitionRanges: [{assetKey: {path: ["report"]}}]) {
            __typename
            ... on AssetWipeSuccess { assetPartitionRanges { assetKey { path } partitionRange { start end } } }
          }
        }""",
    ),
    Document(
        name="nothing is known of it then",
        text="""
        {
          assetOrError(assetKey: {path: ["report"]}) { ... on Asset { assetMaterializations { runId } } }
          assetsLatestInfo(assetKeys: [{path: ["report"]}]) { latestMaterialization { runId } }
        }""",
    ),
)

INSTIGATORS = (
    Document(
        name="schedules",
        text="""
        query($in: RepositorySelector!) {
          schedulesOrError(repositorySelector: $in) {
            __typename
            ... on Schedules {
              results {
                name cronSchedule pipelineName mode executionTimezone description defaultStatus canReset solidSelection
                scheduleState {
                  name instigationType status repositoryName repositoryLocationName runsCount runningCount
                  typeSpecificData { __typename ... on ScheduleData { cronSchedule startTimestamp } }
                  ticks { status } nextTick { timestamp } hasStartPermission hasStopPermission
                }
                potentialTickTimestamps(startTimestamp: 1774137600, upperLimit: 8, lowerLimit: 8)
                futureTicks(cursor: 1774137600, limit: 9) { results { timestamp } }
              }
            }
          }
        }""",
        variables={"in": REPOSITORY},
    ),
    Document(
        name="sensors",
        text="""
        query($in: RepositorySelector!) {
          sensorsOrError(repositorySelector: $in) {
            __typename
            ... on Sensors {
              results {
                name description sensorType minIntervalSeconds defaultStatus canReset hasCursorUpdatePermissions
                targets { pipelineName mode solidSelection }
                metadata { assetKeys { path } } nextTick { timestamp }
                sensorState { status instigationType ticks { status } typeSpecificData { ... on SensorData { lastCursor } } }
              }
            }
          }
          scheduler { ... on Scheduler { schedulerClass } }
        }""",
        variables={"in": REPOSITORY},
    ),
    Document(
        name="a schedule is started",
        text="""
        mutation($schedule: ScheduleSelector!) {
          startSchedule(scheduleSelector: $schedule) {
            __typename ... on ScheduleStateResult { scheduleState { id name status } }
          }
        }""",
        variables={"schedule": {"scheduleName": "nightly", **REPOSITORY}},
        keeps={"schedule": "startSchedule.scheduleState.id"},
    ),
    Document(
        name="a schedule is stopped",
        text="""
        mutation($id: String!) {
          stopRunningSchedule(id: $id) { __typename ... on ScheduleStateResult { scheduleState { name status } } }
        }""",
        variables={"id": "<schedule>"},
    ),
    Document(
        name="a schedule is asked what it would say",
        text="""
        mutation($schedule: ScheduleSelector!) {
          scheduleDryRun(selectorData: $schedule, timestamp: 1735689600) {
            __typename
            ... on DryRunInstigationTick {
              timestamp
              evaluationResult { skipReason runRequests { runKey runConfigYaml jobName tags { key value } } error { message } }
            }
          }
        }""",
        variables={"schedule": {"scheduleName": "yearly", **REPOSITORY}},
    ),
    Document(
        name="a sensor is asked what it would say, and gets a cursor",
        text="""
        mutation($sensor: SensorSelector!) {
          sensorDryRun(selectorData: $sensor, cursor: "noon") {
            __typename ... on DryRunInstigationTick { evaluationResult { skipReason runRequests { runKey } error { message } } }
          }
          setSensorCursor(sensorSelector: $sensor, cursor: "morning") {
            __typename
            ... on Sensor { sensorState { typeSpecificData { ... on SensorData { lastCursor } } } }
          }
        }""",
        variables={"sensor": {"sensorName": "arrivals", **REPOSITORY}},
    ),
    Document(
        name="schedules and sensors that are not there",
        text="""
        query($schedule: ScheduleSelector!, $sensor: SensorSelector!) {
          scheduleOrError(scheduleSelector: $schedule) { __typename ... on ScheduleNotFoundError { message scheduleName } }
          sensorOrError(sensorSelector: $sensor) { __typename ... on SensorNotFoundError { message sensorName } }
        }""",
        variables={
            "schedule": {"scheduleName": "nothing", **REPOSITORY},
            "sensor": {"sensorName": "nothing", **REPOSITORY},
        },
    ),
)

DOCUMENTS: tuple[Document, ...] = (*WORKSPACE, *JOBS, *ASSETS, *RUNS, *AGAIN, *REPORTS, *INSTIGATORS)
