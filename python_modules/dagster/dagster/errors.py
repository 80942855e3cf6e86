"""Every error a user can meet, and the one fence through which user code is called.

Tree (public names as in the API; errors that carry values of a higher floor, such as `Failure`, live beside those values):

    DagsterError
    ├── DagsterInvariantViolationError        a promise between two places was broken at run time
    ├── DagsterInvalidDefinitionError         what was declared cannot stand (also ValueError)
    │   ├── DagsterInvalidObservationError
    │   └── DagsterInvalidMetadata
    ├── DagsterInvalidInvocationError         a decorated function was called in a way it cannot be called
    ├── DagsterInvalidSubsetError             a selection names what is not there (also LookupError)
    ├── DagsterInvalidConfigError             config given does not fit the schema (also ValueError)
    ├── DagsterInvalidConfigDefinitionError   a config schema cannot stand
    ├── DagsterUnknownResourceError           a resource key without a resource
    ├── DagsterUnknownPartitionError          a partition key that the definition does not have (also LookupError)
    ├── DagsterUnmetExecutorRequirementsError
    ├── DagsterTypeCheckError / DagsterTypeCheckDidNotPass
    ├── DagsterExecutionStepNotFoundError
    ├── DagsterStepOutputNotFoundError        a step ended without an output that it owes
    ├── DagsterRunNotFoundError / DagsterRunAlreadyExists
    ├── DagsterSubprocessError
    └── DagsterUserCodeExecutionError         user code raised; keeps `user_exception`, names the place
        ├── DagsterExecutionStepExecutionError    in a step's function
        ├── DagsterExecutionLoadInputError        in an IO manager's load_input
        ├── DagsterExecutionHandleOutputError     in an IO manager's handle_output
        ├── DagsterResourceFunctionError          in a resource's setup
        ├── DagsterConfigMappingFunctionError
        └── DagsterUserCodeLoadError              while a file or module was being loaded
"""
