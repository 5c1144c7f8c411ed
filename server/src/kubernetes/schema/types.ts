/** Kinds and types of Kubernetes 1.36: identifiers alone, taken by generate.go from the Go modules k8s.io/{api,apimachinery,apiextensions-apiserver,kube-aggregator} (Apache-2.0). */
export const release = "1.36";

/** One kind a line: apiVersion, kind, type. */
export const kinds = `
admissionregistration.k8s.io/v1 MutatingAdmissionPolicy admissionregistration/v1.MutatingAdmissionPolicy
admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding admissionregistration/v1.MutatingAdmissionPolicyBinding
admissionregistration.k8s.io/v1 MutatingWebhookConfiguration admissionregistration/v1.MutatingWebhookConfiguration
admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy admissionregistration/v1.ValidatingAdmissionPolicy
admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding admissionregistration/v1.ValidatingAdmissionPolicyBinding
admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration admissionregistration/v1.ValidatingWebhookConfiguration
apiextensions.k8s.io/v1 CustomResourceDefinition apiextensions/v1.CustomResourceDefinition
apiregistration.k8s.io/v1 APIService apiregistration/v1.APIService
apps/v1 ControllerRevision apps/v1.ControllerRevision
apps/v1 DaemonSet apps/v1.DaemonSet
apps/v1 Deployment apps/v1.Deployment
apps/v1 ReplicaSet apps/v1.ReplicaSet
apps/v1 StatefulSet apps/v1.StatefulSet
authentication.k8s.io/v1 SelfSubjectReview authentication/v1.SelfSubjectReview
authentication.k8s.io/v1 TokenRequest authentication/v1.TokenRequest
authentication.k8s.io/v1 TokenReview authentication/v1.TokenReview
authorization.k8s.io/v1 LocalSubjectAccessReview authorization/v1.LocalSubjectAccessReview
authorization.k8s.io/v1 SelfSubjectAccessReview authorization/v1.SelfSubjectAccessReview
authorization.k8s.io/v1 SelfSubjectRulesReview authorization/v1.SelfSubjectRulesReview
authorization.k8s.io/v1 SubjectAccessReview authorization/v1.SubjectAccessReview
autoscaling/v1 HorizontalPodAutoscaler autoscaling/v1.HorizontalPodAutoscaler
autoscaling/v1 Scale autoscaling/v1.Scale
autoscaling/v2 HorizontalPodAutoscaler autoscaling/v2.HorizontalPodAutoscaler
batch/v1 CronJob batch/v1.CronJob
batch/v1 Job batch/v1.Job
certificates.k8s.io/v1 CertificateSigningRequest certificates/v1.CertificateSigningRequest
coordination.k8s.io/v1 Lease coordination/v1.Lease
discovery.k8s.io/v1 EndpointSlice discovery/v1.EndpointSlice
events.k8s.io/v1 Event events/v1.Event
flowcontrol.apiserver.k8s.io/v1 FlowSchema flowcontrol/v1.FlowSchema
flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration flowcontrol/v1.PriorityLevelConfiguration
networking.k8s.io/v1 IPAddress networking/v1.IPAddress
networking.k8s.io/v1 Ingress networking/v1.Ingress
networking.k8s.io/v1 IngressClass networking/v1.IngressClass
networking.k8s.io/v1 NetworkPolicy networking/v1.NetworkPolicy
networking.k8s.io/v1 ServiceCIDR networking/v1.ServiceCIDR
node.k8s.io/v1 RuntimeClass node/v1.RuntimeClass
policy/v1 Eviction policy/v1.Eviction
policy/v1 PodDisruptionBudget policy/v1.PodDisruptionBudget
rbac.authorization.k8s.io/v1 ClusterRole rbac/v1.ClusterRole
rbac.authorization.k8s.io/v1 ClusterRoleBinding rbac/v1.ClusterRoleBinding
rbac.authorization.k8s.io/v1 Role rbac/v1.Role
rbac.authorization.k8s.io/v1 RoleBinding rbac/v1.RoleBinding
resource.k8s.io/v1 DeviceClass resource/v1.DeviceClass
resource.k8s.io/v1 ResourceClaim resource/v1.ResourceClaim
resource.k8s.io/v1 ResourceClaimTemplate resource/v1.ResourceClaimTemplate
resource.k8s.io/v1 ResourceSlice resource/v1.ResourceSlice
scheduling.k8s.io/v1 PriorityClass scheduling/v1.PriorityClass
storage.k8s.io/v1 CSIDriver storage/v1.CSIDriver
storage.k8s.io/v1 CSINode storage/v1.CSINode
storage.k8s.io/v1 CSIStorageCapacity storage/v1.CSIStorageCapacity
storage.k8s.io/v1 StorageClass storage/v1.StorageClass
storage.k8s.io/v1 VolumeAttachment storage/v1.VolumeAttachment
storage.k8s.io/v1 VolumeAttributesClass storage/v1.VolumeAttributesClass
v1 Binding core/v1.Binding
v1 ComponentStatus core/v1.ComponentStatus
v1 ConfigMap core/v1.ConfigMap
v1 Endpoints core/v1.Endpoints
v1 Event core/v1.Event
v1 LimitRange core/v1.LimitRange
v1 Namespace core/v1.Namespace
v1 Node core/v1.Node
v1 PersistentVolume core/v1.PersistentVolume
v1 PersistentVolumeClaim core/v1.PersistentVolumeClaim
v1 Pod core/v1.Pod
v1 PodStatusResult core/v1.PodStatusResult
v1 PodTemplate core/v1.PodTemplate
v1 RangeAllocation core/v1.RangeAllocation
v1 ReplicationController core/v1.ReplicationController
v1 ResourceQuota core/v1.ResourceQuota
v1 Secret core/v1.Secret
v1 Service core/v1.Service
v1 ServiceAccount core/v1.ServiceAccount
`;

/** One type a line, its fields in the order of Go: `name type`, `+Name type` for an embedded struct, `@key` for the merge key of a list. */
export const types = `
admissionregistration/v1.ApplyConfiguration {expression string}
admissionregistration/v1.AuditAnnotation {key string,valueExpression string}
admissionregistration/v1.ExpressionWarning {fieldRef string,warning string}
admissionregistration/v1.FailurePolicyType string
admissionregistration/v1.JSONPatch {expression string}
admissionregistration/v1.MatchCondition {name string,expression string}
admissionregistration/v1.MatchPolicyType string
admissionregistration/v1.MatchResources {namespaceSelector meta/v1.LabelSelector,objectSelector meta/v1.LabelSelector,resourceRules []NamedRuleWithOperations,excludeResourceRules []NamedRuleWithOperations,matchPolicy MatchPolicyType}
admissionregistration/v1.MutatingAdmissionPolicy {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec MutatingAdmissionPolicySpec}
admissionregistration/v1.MutatingAdmissionPolicyBinding {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec MutatingAdmissionPolicyBindingSpec}
admissionregistration/v1.MutatingAdmissionPolicyBindingSpec {policyName string,paramRef ParamRef,matchResources MatchResources}
admissionregistration/v1.MutatingAdmissionPolicySpec {paramKind ParamKind,matchConstraints MatchResources,variables []Variable,mutations []Mutation,failurePolicy FailurePolicyType,matchConditions []MatchCondition@name,reinvocationPolicy ReinvocationPolicyType}
admissionregistration/v1.MutatingWebhook {name string,clientConfig WebhookClientConfig,rules []RuleWithOperations,failurePolicy FailurePolicyType,matchPolicy MatchPolicyType,namespaceSelector meta/v1.LabelSelector,objectSelector meta/v1.LabelSelector,sideEffects SideEffectClass,timeoutSeconds int32,admissionReviewVersions []string,reinvocationPolicy ReinvocationPolicyType,matchConditions []MatchCondition@name}
admissionregistration/v1.MutatingWebhookConfiguration {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,webhooks []MutatingWebhook@name}
admissionregistration/v1.Mutation {patchType PatchType,applyConfiguration ApplyConfiguration,jsonPatch JSONPatch}
admissionregistration/v1.NamedRuleWithOperations {resourceNames []string,+RuleWithOperations RuleWithOperations}
admissionregistration/v1.OperationType string
admissionregistration/v1.ParamKind {apiVersion string,kind string}
admissionregistration/v1.ParamRef {name string,namespace string,selector meta/v1.LabelSelector,parameterNotFoundAction ParameterNotFoundActionType}
admissionregistration/v1.ParameterNotFoundActionType string
admissionregistration/v1.PatchType string
admissionregistration/v1.ReinvocationPolicyType string
admissionregistration/v1.Rule {apiGroups []string,apiVersions []string,resources []string,scope ScopeType}
admissionregistration/v1.RuleWithOperations {operations []OperationType,+Rule Rule}
admissionregistration/v1.ScopeType string
admissionregistration/v1.ServiceReference {namespace string,name string,path string,port int32}
admissionregistration/v1.SideEffectClass string
admissionregistration/v1.TypeChecking {expressionWarnings []ExpressionWarning}
admissionregistration/v1.ValidatingAdmissionPolicy {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec ValidatingAdmissionPolicySpec,status ValidatingAdmissionPolicyStatus}
admissionregistration/v1.ValidatingAdmissionPolicyBinding {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec ValidatingAdmissionPolicyBindingSpec}
admissionregistration/v1.ValidatingAdmissionPolicyBindingSpec {policyName string,paramRef ParamRef,matchResources MatchResources,validationActions []ValidationAction}
admissionregistration/v1.ValidatingAdmissionPolicySpec {paramKind ParamKind,matchConstraints MatchResources,validations []Validation,failurePolicy FailurePolicyType,auditAnnotations []AuditAnnotation,matchConditions []MatchCondition@name,variables []Variable@name}
admissionregistration/v1.ValidatingAdmissionPolicyStatus {observedGeneration int64,typeChecking TypeChecking,conditions []meta/v1.Condition}
admissionregistration/v1.ValidatingWebhook {name string,clientConfig WebhookClientConfig,rules []RuleWithOperations,failurePolicy FailurePolicyType,matchPolicy MatchPolicyType,namespaceSelector meta/v1.LabelSelector,objectSelector meta/v1.LabelSelector,sideEffects SideEffectClass,timeoutSeconds int32,admissionReviewVersions []string,matchConditions []MatchCondition@name}
admissionregistration/v1.ValidatingWebhookConfiguration {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,webhooks []ValidatingWebhook@name}
admissionregistration/v1.Validation {expression string,message string,reason meta/v1.StatusReason,messageExpression string}
admissionregistration/v1.ValidationAction string
admissionregistration/v1.Variable {name string,expression string}
admissionregistration/v1.WebhookClientConfig {url string,service ServiceReference,caBundle []uint8}
api/resource.Quantity custom
apiextensions/v1.ConditionStatus string
apiextensions/v1.ConversionStrategyType string
apiextensions/v1.CustomResourceColumnDefinition {name string,type string,format string,description string,priority int32,jsonPath string}
apiextensions/v1.CustomResourceConversion {strategy ConversionStrategyType,webhook WebhookConversion}
apiextensions/v1.CustomResourceDefinition {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec CustomResourceDefinitionSpec,status CustomResourceDefinitionStatus}
apiextensions/v1.CustomResourceDefinitionCondition {type CustomResourceDefinitionConditionType,status ConditionStatus,lastTransitionTime meta/v1.Time,reason string,message string,observedGeneration int64}
apiextensions/v1.CustomResourceDefinitionConditionType string
apiextensions/v1.CustomResourceDefinitionNames {plural string,singular string,shortNames []string,kind string,listKind string,categories []string}
apiextensions/v1.CustomResourceDefinitionSpec {group string,names CustomResourceDefinitionNames,scope ResourceScope,versions []CustomResourceDefinitionVersion,conversion CustomResourceConversion,preserveUnknownFields bool}
apiextensions/v1.CustomResourceDefinitionStatus {conditions []CustomResourceDefinitionCondition,acceptedNames CustomResourceDefinitionNames,storedVersions []string,observedGeneration int64}
apiextensions/v1.CustomResourceDefinitionVersion {name string,served bool,storage bool,deprecated bool,deprecationWarning string,schema CustomResourceValidation,subresources CustomResourceSubresources,additionalPrinterColumns []CustomResourceColumnDefinition,selectableFields []SelectableField}
apiextensions/v1.CustomResourceSubresourceScale {specReplicasPath string,statusReplicasPath string,labelSelectorPath string}
apiextensions/v1.CustomResourceSubresourceStatus {}
apiextensions/v1.CustomResourceSubresources {status CustomResourceSubresourceStatus,scale CustomResourceSubresourceScale}
apiextensions/v1.CustomResourceValidation {openAPIV3Schema JSONSchemaProps}
apiextensions/v1.ExternalDocumentation {description string,url string}
apiextensions/v1.FieldValueErrorReason string
apiextensions/v1.JSON custom
apiextensions/v1.JSONSchemaDefinitions map[string]JSONSchemaProps
apiextensions/v1.JSONSchemaDependencies map[string]JSONSchemaPropsOrStringArray
apiextensions/v1.JSONSchemaProps {id string,$schema JSONSchemaURL,$ref string,description string,type string,format string,title string,default JSON,maximum float64,exclusiveMaximum bool,minimum float64,exclusiveMinimum bool,maxLength int64,minLength int64,pattern string,maxItems int64,minItems int64,uniqueItems bool,multipleOf float64,enum []JSON,maxProperties int64,minProperties int64,required []string,items JSONSchemaPropsOrArray,allOf []JSONSchemaProps,oneOf []JSONSchemaProps,anyOf []JSONSchemaProps,not JSONSchemaProps,properties map[string]JSONSchemaProps,additionalProperties JSONSchemaPropsOrBool,patternProperties map[string]JSONSchemaProps,dependencies JSONSchemaDependencies,additionalItems JSONSchemaPropsOrBool,definitions JSONSchemaDefinitions,externalDocs ExternalDocumentation,example JSON,nullable bool,x-kubernetes-preserve-unknown-fields bool,x-kubernetes-embedded-resource bool,x-kubernetes-int-or-string bool,x-kubernetes-list-map-keys []string,x-kubernetes-list-type string,x-kubernetes-map-type string,x-kubernetes-validations ValidationRules@rule}
apiextensions/v1.JSONSchemaPropsOrArray custom JSONSchemaProps
apiextensions/v1.JSONSchemaPropsOrBool custom JSONSchemaProps
apiextensions/v1.JSONSchemaPropsOrStringArray custom JSONSchemaProps
apiextensions/v1.JSONSchemaURL string
apiextensions/v1.ResourceScope string
apiextensions/v1.SelectableField {jsonPath string}
apiextensions/v1.ServiceReference {namespace string,name string,path string,port int32}
apiextensions/v1.ValidationRule {rule string,message string,messageExpression string,reason FieldValueErrorReason,fieldPath string,optionalOldSelf bool}
apiextensions/v1.ValidationRules []ValidationRule
apiextensions/v1.WebhookClientConfig {url string,service ServiceReference,caBundle []uint8}
apiextensions/v1.WebhookConversion {clientConfig WebhookClientConfig,conversionReviewVersions []string}
apiregistration/v1.APIService {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec APIServiceSpec,status APIServiceStatus}
apiregistration/v1.APIServiceCondition {type APIServiceConditionType,status ConditionStatus,lastTransitionTime meta/v1.Time,reason string,message string}
apiregistration/v1.APIServiceConditionType string
apiregistration/v1.APIServiceSpec {service ServiceReference,group string,version string,insecureSkipTLSVerify bool,caBundle []uint8,groupPriorityMinimum int32,versionPriority int32}
apiregistration/v1.APIServiceStatus {conditions []APIServiceCondition@type}
apiregistration/v1.ConditionStatus string
apiregistration/v1.ServiceReference {namespace string,name string,port int32}
apps/v1.ControllerRevision {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,data pkg/runtime.RawExtension,revision int64}
apps/v1.DaemonSet {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec DaemonSetSpec,status DaemonSetStatus}
apps/v1.DaemonSetCondition {type DaemonSetConditionType,status core/v1.ConditionStatus,lastTransitionTime meta/v1.Time,reason string,message string}
apps/v1.DaemonSetConditionType string
apps/v1.DaemonSetSpec {selector meta/v1.LabelSelector,template core/v1.PodTemplateSpec,updateStrategy DaemonSetUpdateStrategy,minReadySeconds int32,revisionHistoryLimit int32}
apps/v1.DaemonSetStatus {currentNumberScheduled int32,numberMisscheduled int32,desiredNumberScheduled int32,numberReady int32,observedGeneration int64,updatedNumberScheduled int32,numberAvailable int32,numberUnavailable int32,collisionCount int32,conditions []DaemonSetCondition@type}
apps/v1.DaemonSetUpdateStrategy {type DaemonSetUpdateStrategyType,rollingUpdate RollingUpdateDaemonSet}
apps/v1.DaemonSetUpdateStrategyType string
apps/v1.Deployment {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec DeploymentSpec,status DeploymentStatus}
apps/v1.DeploymentCondition {type DeploymentConditionType,status core/v1.ConditionStatus,lastUpdateTime meta/v1.Time,lastTransitionTime meta/v1.Time,reason string,message string}
apps/v1.DeploymentConditionType string
apps/v1.DeploymentSpec {replicas int32,selector meta/v1.LabelSelector,template core/v1.PodTemplateSpec,strategy DeploymentStrategy,minReadySeconds int32,revisionHistoryLimit int32,paused bool,progressDeadlineSeconds int32}
apps/v1.DeploymentStatus {observedGeneration int64,replicas int32,updatedReplicas int32,readyReplicas int32,availableReplicas int32,unavailableReplicas int32,terminatingReplicas int32,conditions []DeploymentCondition@type,collisionCount int32}
apps/v1.DeploymentStrategy {type DeploymentStrategyType,rollingUpdate RollingUpdateDeployment}
apps/v1.DeploymentStrategyType string
apps/v1.PersistentVolumeClaimRetentionPolicyType string
apps/v1.PodManagementPolicyType string
apps/v1.ReplicaSet {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec ReplicaSetSpec,status ReplicaSetStatus}
apps/v1.ReplicaSetCondition {type ReplicaSetConditionType,status core/v1.ConditionStatus,lastTransitionTime meta/v1.Time,reason string,message string}
apps/v1.ReplicaSetConditionType string
apps/v1.ReplicaSetSpec {replicas int32,minReadySeconds int32,selector meta/v1.LabelSelector,template core/v1.PodTemplateSpec}
apps/v1.ReplicaSetStatus {replicas int32,fullyLabeledReplicas int32,readyReplicas int32,availableReplicas int32,terminatingReplicas int32,observedGeneration int64,conditions []ReplicaSetCondition@type}
apps/v1.RollingUpdateDaemonSet {maxUnavailable util/intstr.IntOrString,maxSurge util/intstr.IntOrString}
apps/v1.RollingUpdateDeployment {maxUnavailable util/intstr.IntOrString,maxSurge util/intstr.IntOrString}
apps/v1.RollingUpdateStatefulSetStrategy {partition int32,maxUnavailable util/intstr.IntOrString}
apps/v1.StatefulSet {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec StatefulSetSpec,status StatefulSetStatus}
apps/v1.StatefulSetCondition {type StatefulSetConditionType,status core/v1.ConditionStatus,lastTransitionTime meta/v1.Time,reason string,message string}
apps/v1.StatefulSetConditionType string
apps/v1.StatefulSetOrdinals {start int32}
apps/v1.StatefulSetPersistentVolumeClaimRetentionPolicy {whenDeleted PersistentVolumeClaimRetentionPolicyType,whenScaled PersistentVolumeClaimRetentionPolicyType}
apps/v1.StatefulSetSpec {replicas int32,selector meta/v1.LabelSelector,template core/v1.PodTemplateSpec,volumeClaimTemplates []core/v1.PersistentVolumeClaim,serviceName string,podManagementPolicy PodManagementPolicyType,updateStrategy StatefulSetUpdateStrategy,revisionHistoryLimit int32,minReadySeconds int32,persistentVolumeClaimRetentionPolicy StatefulSetPersistentVolumeClaimRetentionPolicy,ordinals StatefulSetOrdinals}
apps/v1.StatefulSetStatus {observedGeneration int64,replicas int32,readyReplicas int32,currentReplicas int32,updatedReplicas int32,currentRevision string,updateRevision string,collisionCount int32,conditions []StatefulSetCondition@type,availableReplicas int32}
apps/v1.StatefulSetUpdateStrategy {type StatefulSetUpdateStrategyType,rollingUpdate RollingUpdateStatefulSetStrategy}
apps/v1.StatefulSetUpdateStrategyType string
authentication/v1.BoundObjectReference {kind string,apiVersion string,name string,uid pkg/types.UID}
authentication/v1.ExtraValue []string
authentication/v1.SelfSubjectReview {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,status SelfSubjectReviewStatus}
authentication/v1.SelfSubjectReviewStatus {userInfo UserInfo}
authentication/v1.TokenRequest {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec TokenRequestSpec,status TokenRequestStatus}
authentication/v1.TokenRequestSpec {audiences []string,expirationSeconds int64,boundObjectRef BoundObjectReference}
authentication/v1.TokenRequestStatus {token string,expirationTimestamp meta/v1.Time}
authentication/v1.TokenReview {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec TokenReviewSpec,status TokenReviewStatus}
authentication/v1.TokenReviewSpec {token string,audiences []string}
authentication/v1.TokenReviewStatus {authenticated bool,user UserInfo,audiences []string,error string}
authentication/v1.UserInfo {username string,uid string,groups []string,extra map[string]ExtraValue}
authorization/v1.ExtraValue []string
authorization/v1.FieldSelectorAttributes {rawSelector string,requirements []meta/v1.FieldSelectorRequirement}
authorization/v1.LabelSelectorAttributes {rawSelector string,requirements []meta/v1.LabelSelectorRequirement}
authorization/v1.LocalSubjectAccessReview {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec SubjectAccessReviewSpec,status SubjectAccessReviewStatus}
authorization/v1.NonResourceAttributes {path string,verb string}
authorization/v1.NonResourceRule {verbs []string,nonResourceURLs []string}
authorization/v1.ResourceAttributes {namespace string,verb string,group string,version string,resource string,subresource string,name string,fieldSelector FieldSelectorAttributes,labelSelector LabelSelectorAttributes}
authorization/v1.ResourceRule {verbs []string,apiGroups []string,resources []string,resourceNames []string}
authorization/v1.SelfSubjectAccessReview {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec SelfSubjectAccessReviewSpec,status SubjectAccessReviewStatus}
authorization/v1.SelfSubjectAccessReviewSpec {resourceAttributes ResourceAttributes,nonResourceAttributes NonResourceAttributes}
authorization/v1.SelfSubjectRulesReview {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec SelfSubjectRulesReviewSpec,status SubjectRulesReviewStatus}
authorization/v1.SelfSubjectRulesReviewSpec {namespace string}
authorization/v1.SubjectAccessReview {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec SubjectAccessReviewSpec,status SubjectAccessReviewStatus}
authorization/v1.SubjectAccessReviewSpec {resourceAttributes ResourceAttributes,nonResourceAttributes NonResourceAttributes,user string,groups []string,extra map[string]ExtraValue,uid string}
authorization/v1.SubjectAccessReviewStatus {allowed bool,denied bool,reason string,evaluationError string}
authorization/v1.SubjectRulesReviewStatus {resourceRules []ResourceRule,nonResourceRules []NonResourceRule,incomplete bool,evaluationError string}
autoscaling/v1.CrossVersionObjectReference {kind string,name string,apiVersion string}
autoscaling/v1.HorizontalPodAutoscaler {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec HorizontalPodAutoscalerSpec,status HorizontalPodAutoscalerStatus}
autoscaling/v1.HorizontalPodAutoscalerSpec {scaleTargetRef CrossVersionObjectReference,minReplicas int32,maxReplicas int32,targetCPUUtilizationPercentage int32}
autoscaling/v1.HorizontalPodAutoscalerStatus {observedGeneration int64,lastScaleTime meta/v1.Time,currentReplicas int32,desiredReplicas int32,currentCPUUtilizationPercentage int32}
autoscaling/v1.Scale {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec ScaleSpec,status ScaleStatus}
autoscaling/v1.ScaleSpec {replicas int32}
autoscaling/v1.ScaleStatus {replicas int32,selector string}
autoscaling/v2.ContainerResourceMetricSource {name core/v1.ResourceName,target MetricTarget,container string}
autoscaling/v2.ContainerResourceMetricStatus {name core/v1.ResourceName,current MetricValueStatus,container string}
autoscaling/v2.CrossVersionObjectReference {kind string,name string,apiVersion string}
autoscaling/v2.ExternalMetricSource {metric MetricIdentifier,target MetricTarget}
autoscaling/v2.ExternalMetricStatus {metric MetricIdentifier,current MetricValueStatus}
autoscaling/v2.HPAScalingPolicy {type HPAScalingPolicyType,value int32,periodSeconds int32}
autoscaling/v2.HPAScalingPolicyType string
autoscaling/v2.HPAScalingRules {stabilizationWindowSeconds int32,selectPolicy ScalingPolicySelect,policies []HPAScalingPolicy,tolerance api/resource.Quantity}
autoscaling/v2.HorizontalPodAutoscaler {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec HorizontalPodAutoscalerSpec,status HorizontalPodAutoscalerStatus}
autoscaling/v2.HorizontalPodAutoscalerBehavior {scaleUp HPAScalingRules,scaleDown HPAScalingRules}
autoscaling/v2.HorizontalPodAutoscalerCondition {type HorizontalPodAutoscalerConditionType,status core/v1.ConditionStatus,lastTransitionTime meta/v1.Time,reason string,message string}
autoscaling/v2.HorizontalPodAutoscalerConditionType string
autoscaling/v2.HorizontalPodAutoscalerSpec {scaleTargetRef CrossVersionObjectReference,minReplicas int32,maxReplicas int32,metrics []MetricSpec,behavior HorizontalPodAutoscalerBehavior}
autoscaling/v2.HorizontalPodAutoscalerStatus {observedGeneration int64,lastScaleTime meta/v1.Time,currentReplicas int32,desiredReplicas int32,currentMetrics []MetricStatus,conditions []HorizontalPodAutoscalerCondition@type}
autoscaling/v2.MetricIdentifier {name string,selector meta/v1.LabelSelector}
autoscaling/v2.MetricSourceType string
autoscaling/v2.MetricSpec {type MetricSourceType,object ObjectMetricSource,pods PodsMetricSource,resource ResourceMetricSource,containerResource ContainerResourceMetricSource,external ExternalMetricSource}
autoscaling/v2.MetricStatus {type MetricSourceType,object ObjectMetricStatus,pods PodsMetricStatus,resource ResourceMetricStatus,containerResource ContainerResourceMetricStatus,external ExternalMetricStatus}
autoscaling/v2.MetricTarget {type MetricTargetType,value api/resource.Quantity,averageValue api/resource.Quantity,averageUtilization int32}
autoscaling/v2.MetricTargetType string
autoscaling/v2.MetricValueStatus {value api/resource.Quantity,averageValue api/resource.Quantity,averageUtilization int32}
autoscaling/v2.ObjectMetricSource {describedObject CrossVersionObjectReference,target MetricTarget,metric MetricIdentifier}
autoscaling/v2.ObjectMetricStatus {metric MetricIdentifier,current MetricValueStatus,describedObject CrossVersionObjectReference}
autoscaling/v2.PodsMetricSource {metric MetricIdentifier,target MetricTarget}
autoscaling/v2.PodsMetricStatus {metric MetricIdentifier,current MetricValueStatus}
autoscaling/v2.ResourceMetricSource {name core/v1.ResourceName,target MetricTarget}
autoscaling/v2.ResourceMetricStatus {name core/v1.ResourceName,current MetricValueStatus}
autoscaling/v2.ScalingPolicySelect string
batch/v1.CompletionMode string
batch/v1.ConcurrencyPolicy string
batch/v1.CronJob {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec CronJobSpec,status CronJobStatus}
batch/v1.CronJobSpec {schedule string,timeZone string,startingDeadlineSeconds int64,concurrencyPolicy ConcurrencyPolicy,suspend bool,jobTemplate JobTemplateSpec,successfulJobsHistoryLimit int32,failedJobsHistoryLimit int32}
batch/v1.CronJobStatus {active []core/v1.ObjectReference,lastScheduleTime meta/v1.Time,lastSuccessfulTime meta/v1.Time}
batch/v1.Job {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec JobSpec,status JobStatus}
batch/v1.JobCondition {type JobConditionType,status core/v1.ConditionStatus,lastProbeTime meta/v1.Time,lastTransitionTime meta/v1.Time,reason string,message string}
batch/v1.JobConditionType string
batch/v1.JobSpec {parallelism int32,completions int32,activeDeadlineSeconds int64,podFailurePolicy PodFailurePolicy,successPolicy SuccessPolicy,backoffLimit int32,backoffLimitPerIndex int32,maxFailedIndexes int32,selector meta/v1.LabelSelector,manualSelector bool,template core/v1.PodTemplateSpec,ttlSecondsAfterFinished int32,completionMode CompletionMode,suspend bool,podReplacementPolicy PodReplacementPolicy,managedBy string}
batch/v1.JobStatus {conditions []JobCondition@type,startTime meta/v1.Time,completionTime meta/v1.Time,active int32,succeeded int32,failed int32,terminating int32,completedIndexes string,failedIndexes string,uncountedTerminatedPods UncountedTerminatedPods,ready int32}
batch/v1.JobTemplateSpec {metadata meta/v1.ObjectMeta,spec JobSpec}
batch/v1.PodFailurePolicy {rules []PodFailurePolicyRule}
batch/v1.PodFailurePolicyAction string
batch/v1.PodFailurePolicyOnExitCodesOperator string
batch/v1.PodFailurePolicyOnExitCodesRequirement {containerName string,operator PodFailurePolicyOnExitCodesOperator,values []int32}
batch/v1.PodFailurePolicyOnPodConditionsPattern {type core/v1.PodConditionType,status core/v1.ConditionStatus}
batch/v1.PodFailurePolicyRule {action PodFailurePolicyAction,onExitCodes PodFailurePolicyOnExitCodesRequirement,onPodConditions []PodFailurePolicyOnPodConditionsPattern}
batch/v1.PodReplacementPolicy string
batch/v1.SuccessPolicy {rules []SuccessPolicyRule}
batch/v1.SuccessPolicyRule {succeededIndexes string,succeededCount int32}
batch/v1.UncountedTerminatedPods {succeeded []pkg/types.UID,failed []pkg/types.UID}
certificates/v1.CertificateSigningRequest {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec CertificateSigningRequestSpec,status CertificateSigningRequestStatus}
certificates/v1.CertificateSigningRequestCondition {type RequestConditionType,status core/v1.ConditionStatus,reason string,message string,lastUpdateTime meta/v1.Time,lastTransitionTime meta/v1.Time}
certificates/v1.CertificateSigningRequestSpec {request []uint8,signerName string,expirationSeconds int32,usages []KeyUsage,username string,uid string,groups []string,extra map[string]ExtraValue}
certificates/v1.CertificateSigningRequestStatus {conditions []CertificateSigningRequestCondition,certificate []uint8}
certificates/v1.ExtraValue []string
certificates/v1.KeyUsage string
certificates/v1.RequestConditionType string
coordination/v1.CoordinatedLeaseStrategy string
coordination/v1.Lease {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec LeaseSpec}
coordination/v1.LeaseSpec {holderIdentity string,leaseDurationSeconds int32,acquireTime meta/v1.MicroTime,renewTime meta/v1.MicroTime,leaseTransitions int32,strategy CoordinatedLeaseStrategy,preferredHolder string}
core/v1.AWSElasticBlockStoreVolumeSource {volumeID string,fsType string,partition int32,readOnly bool}
core/v1.Affinity {nodeAffinity NodeAffinity,podAffinity PodAffinity,podAntiAffinity PodAntiAffinity}
core/v1.AppArmorProfile {type AppArmorProfileType,localhostProfile string}
core/v1.AppArmorProfileType string
core/v1.AttachedVolume {name UniqueVolumeName,devicePath string}
core/v1.AzureDataDiskCachingMode string
core/v1.AzureDataDiskKind string
core/v1.AzureDiskVolumeSource {diskName string,diskURI string,cachingMode AzureDataDiskCachingMode,fsType string,readOnly bool,kind AzureDataDiskKind}
core/v1.AzureFilePersistentVolumeSource {secretName string,shareName string,readOnly bool,secretNamespace string}
core/v1.AzureFileVolumeSource {secretName string,shareName string,readOnly bool}
core/v1.Binding {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,target ObjectReference}
core/v1.CSIPersistentVolumeSource {driver string,volumeHandle string,readOnly bool,fsType string,volumeAttributes map[string]string,controllerPublishSecretRef SecretReference,nodeStageSecretRef SecretReference,nodePublishSecretRef SecretReference,controllerExpandSecretRef SecretReference,nodeExpandSecretRef SecretReference}
core/v1.CSIVolumeSource {driver string,readOnly bool,fsType string,volumeAttributes map[string]string,nodePublishSecretRef LocalObjectReference}
core/v1.Capabilities {add []Capability,drop []Capability}
core/v1.Capability string
core/v1.CephFSPersistentVolumeSource {monitors []string,path string,user string,secretFile string,secretRef SecretReference,readOnly bool}
core/v1.CephFSVolumeSource {monitors []string,path string,user string,secretFile string,secretRef LocalObjectReference,readOnly bool}
core/v1.CinderPersistentVolumeSource {volumeID string,fsType string,readOnly bool,secretRef SecretReference}
core/v1.CinderVolumeSource {volumeID string,fsType string,readOnly bool,secretRef LocalObjectReference}
core/v1.ClaimResourceStatus string
core/v1.ClientIPConfig {timeoutSeconds int32}
core/v1.ClusterTrustBundleProjection {name string,signerName string,labelSelector meta/v1.LabelSelector,optional bool,path string}
core/v1.ComponentCondition {type ComponentConditionType,status ConditionStatus,message string,error string}
core/v1.ComponentConditionType string
core/v1.ComponentStatus {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,conditions []ComponentCondition@type}
core/v1.ConditionStatus string
core/v1.ConfigMap {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,immutable bool,data map[string]string,binaryData map[string][]uint8}
core/v1.ConfigMapEnvSource {+LocalObjectReference LocalObjectReference,optional bool}
core/v1.ConfigMapKeySelector {+LocalObjectReference LocalObjectReference,key string,optional bool}
core/v1.ConfigMapNodeConfigSource {namespace string,name string,uid pkg/types.UID,resourceVersion string,kubeletConfigKey string}
core/v1.ConfigMapProjection {+LocalObjectReference LocalObjectReference,items []KeyToPath,optional bool}
core/v1.ConfigMapVolumeSource {+LocalObjectReference LocalObjectReference,items []KeyToPath,defaultMode int32,optional bool}
core/v1.Container {name string,image string,command []string,args []string,workingDir string,ports []ContainerPort@containerPort,envFrom []EnvFromSource,env []EnvVar@name,resources ResourceRequirements,resizePolicy []ContainerResizePolicy,restartPolicy ContainerRestartPolicy,restartPolicyRules []ContainerRestartRule,volumeMounts []VolumeMount@mountPath,volumeDevices []VolumeDevice@devicePath,livenessProbe Probe,readinessProbe Probe,startupProbe Probe,lifecycle Lifecycle,terminationMessagePath string,terminationMessagePolicy TerminationMessagePolicy,imagePullPolicy PullPolicy,securityContext SecurityContext,stdin bool,stdinOnce bool,tty bool}
core/v1.ContainerExtendedResourceRequest {containerName string,resourceName string,requestName string}
core/v1.ContainerImage {names []string,sizeBytes int64}
core/v1.ContainerPort {name string,hostPort int32,containerPort int32,protocol Protocol,hostIP string}
core/v1.ContainerResizePolicy {resourceName ResourceName,restartPolicy ResourceResizeRestartPolicy}
core/v1.ContainerRestartPolicy string
core/v1.ContainerRestartRule {action ContainerRestartRuleAction,exitCodes ContainerRestartRuleOnExitCodes}
core/v1.ContainerRestartRuleAction string
core/v1.ContainerRestartRuleOnExitCodes {operator ContainerRestartRuleOnExitCodesOperator,values []int32}
core/v1.ContainerRestartRuleOnExitCodesOperator string
core/v1.ContainerState {waiting ContainerStateWaiting,running ContainerStateRunning,terminated ContainerStateTerminated}
core/v1.ContainerStateRunning {startedAt meta/v1.Time}
core/v1.ContainerStateTerminated {exitCode int32,signal int32,reason string,message string,startedAt meta/v1.Time,finishedAt meta/v1.Time,containerID string}
core/v1.ContainerStateWaiting {reason string,message string}
core/v1.ContainerStatus {name string,state ContainerState,lastState ContainerState,ready bool,restartCount int32,image string,imageID string,containerID string,started bool,allocatedResources ResourceList,resources ResourceRequirements,volumeMounts []VolumeMountStatus@mountPath,user ContainerUser,allocatedResourcesStatus []ResourceStatus@name,stopSignal Signal}
core/v1.ContainerUser {linux LinuxContainerUser}
core/v1.DNSPolicy string
core/v1.DaemonEndpoint {Port int32}
core/v1.DownwardAPIProjection {items []DownwardAPIVolumeFile}
core/v1.DownwardAPIVolumeFile {path string,fieldRef ObjectFieldSelector,resourceFieldRef ResourceFieldSelector,mode int32}
core/v1.DownwardAPIVolumeSource {items []DownwardAPIVolumeFile,defaultMode int32}
core/v1.EmptyDirVolumeSource {medium StorageMedium,sizeLimit api/resource.Quantity}
core/v1.EndpointAddress {ip string,hostname string,nodeName string,targetRef ObjectReference}
core/v1.EndpointPort {name string,port int32,protocol Protocol,appProtocol string}
core/v1.EndpointSubset {addresses []EndpointAddress,notReadyAddresses []EndpointAddress,ports []EndpointPort}
core/v1.Endpoints {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,subsets []EndpointSubset}
core/v1.EnvFromSource {prefix string,configMapRef ConfigMapEnvSource,secretRef SecretEnvSource}
core/v1.EnvVar {name string,value string,valueFrom EnvVarSource}
core/v1.EnvVarSource {fieldRef ObjectFieldSelector,resourceFieldRef ResourceFieldSelector,configMapKeyRef ConfigMapKeySelector,secretKeyRef SecretKeySelector,fileKeyRef FileKeySelector}
core/v1.EphemeralContainer {+EphemeralContainerCommon EphemeralContainerCommon,targetContainerName string}
core/v1.EphemeralContainerCommon {name string,image string,command []string,args []string,workingDir string,ports []ContainerPort@containerPort,envFrom []EnvFromSource,env []EnvVar@name,resources ResourceRequirements,resizePolicy []ContainerResizePolicy,restartPolicy ContainerRestartPolicy,restartPolicyRules []ContainerRestartRule,volumeMounts []VolumeMount@mountPath,volumeDevices []VolumeDevice@devicePath,livenessProbe Probe,readinessProbe Probe,startupProbe Probe,lifecycle Lifecycle,terminationMessagePath string,terminationMessagePolicy TerminationMessagePolicy,imagePullPolicy PullPolicy,securityContext SecurityContext,stdin bool,stdinOnce bool,tty bool}
core/v1.EphemeralVolumeSource {volumeClaimTemplate PersistentVolumeClaimTemplate}
core/v1.Event {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,involvedObject ObjectReference,reason string,message string,source EventSource,firstTimestamp meta/v1.Time,lastTimestamp meta/v1.Time,count int32,type string,eventTime meta/v1.MicroTime,series EventSeries,action string,related ObjectReference,reportingComponent string,reportingInstance string}
core/v1.EventSeries {count int32,lastObservedTime meta/v1.MicroTime}
core/v1.EventSource {component string,host string}
core/v1.ExecAction {command []string}
core/v1.FCVolumeSource {targetWWNs []string,lun int32,fsType string,readOnly bool,wwids []string}
core/v1.FileKeySelector {volumeName string,path string,key string,optional bool}
core/v1.FinalizerName string
core/v1.FlexPersistentVolumeSource {driver string,fsType string,secretRef SecretReference,readOnly bool,options map[string]string}
core/v1.FlexVolumeSource {driver string,fsType string,secretRef LocalObjectReference,readOnly bool,options map[string]string}
core/v1.FlockerVolumeSource {datasetName string,datasetUUID string}
core/v1.GCEPersistentDiskVolumeSource {pdName string,fsType string,partition int32,readOnly bool}
core/v1.GRPCAction {port int32,service string}
core/v1.GitRepoVolumeSource {repository string,revision string,directory string}
core/v1.GlusterfsPersistentVolumeSource {endpoints string,path string,readOnly bool,endpointsNamespace string}
core/v1.GlusterfsVolumeSource {endpoints string,path string,readOnly bool}
core/v1.HTTPGetAction {path string,port util/intstr.IntOrString,host string,scheme URIScheme,httpHeaders []HTTPHeader}
core/v1.HTTPHeader {name string,value string}
core/v1.HostAlias {ip string,hostnames []string}
core/v1.HostIP {ip string}
core/v1.HostPathType string
core/v1.HostPathVolumeSource {path string,type HostPathType}
core/v1.IPFamily string
core/v1.IPFamilyPolicy string
core/v1.ISCSIPersistentVolumeSource {targetPortal string,iqn string,lun int32,iscsiInterface string,fsType string,readOnly bool,portals []string,chapAuthDiscovery bool,chapAuthSession bool,secretRef SecretReference,initiatorName string}
core/v1.ISCSIVolumeSource {targetPortal string,iqn string,lun int32,iscsiInterface string,fsType string,readOnly bool,portals []string,chapAuthDiscovery bool,chapAuthSession bool,secretRef LocalObjectReference,initiatorName string}
core/v1.ImageVolumeSource {reference string,pullPolicy PullPolicy}
core/v1.ImageVolumeStatus {imageRef string}
core/v1.KeyToPath {key string,path string,mode int32}
core/v1.Lifecycle {postStart LifecycleHandler,preStop LifecycleHandler,stopSignal Signal}
core/v1.LifecycleHandler {exec ExecAction,httpGet HTTPGetAction,tcpSocket TCPSocketAction,sleep SleepAction}
core/v1.LimitRange {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec LimitRangeSpec}
core/v1.LimitRangeItem {type LimitType,max ResourceList,min ResourceList,default ResourceList,defaultRequest ResourceList,maxLimitRequestRatio ResourceList}
core/v1.LimitRangeSpec {limits []LimitRangeItem}
core/v1.LimitType string
core/v1.LinuxContainerUser {uid int64,gid int64,supplementalGroups []int64}
core/v1.LoadBalancerIPMode string
core/v1.LoadBalancerIngress {ip string,hostname string,ipMode LoadBalancerIPMode,ports []PortStatus}
core/v1.LoadBalancerStatus {ingress []LoadBalancerIngress}
core/v1.LocalObjectReference {name string}
core/v1.LocalVolumeSource {path string,fsType string}
core/v1.ModifyVolumeStatus {targetVolumeAttributesClassName string,status PersistentVolumeClaimModifyVolumeStatus}
core/v1.MountPropagationMode string
core/v1.NFSVolumeSource {server string,path string,readOnly bool}
core/v1.Namespace {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec NamespaceSpec,status NamespaceStatus}
core/v1.NamespaceCondition {type NamespaceConditionType,status ConditionStatus,lastTransitionTime meta/v1.Time,reason string,message string}
core/v1.NamespaceConditionType string
core/v1.NamespacePhase string
core/v1.NamespaceSpec {finalizers []FinalizerName}
core/v1.NamespaceStatus {phase NamespacePhase,conditions []NamespaceCondition@type}
core/v1.Node {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec NodeSpec,status NodeStatus}
core/v1.NodeAddress {type NodeAddressType,address string}
core/v1.NodeAddressType string
core/v1.NodeAffinity {requiredDuringSchedulingIgnoredDuringExecution NodeSelector,preferredDuringSchedulingIgnoredDuringExecution []PreferredSchedulingTerm}
core/v1.NodeAllocatableResourceClaimStatus {resourceClaimName string,containers []string,resources map[ResourceName]api/resource.Quantity}
core/v1.NodeCondition {type NodeConditionType,status ConditionStatus,lastHeartbeatTime meta/v1.Time,lastTransitionTime meta/v1.Time,reason string,message string}
core/v1.NodeConditionType string
core/v1.NodeConfigSource {configMap ConfigMapNodeConfigSource}
core/v1.NodeConfigStatus {assigned NodeConfigSource,active NodeConfigSource,lastKnownGood NodeConfigSource,error string}
core/v1.NodeDaemonEndpoints {kubeletEndpoint DaemonEndpoint}
core/v1.NodeFeatures {supplementalGroupsPolicy bool}
core/v1.NodeInclusionPolicy string
core/v1.NodePhase string
core/v1.NodeRuntimeHandler {name string,features NodeRuntimeHandlerFeatures}
core/v1.NodeRuntimeHandlerFeatures {recursiveReadOnlyMounts bool,userNamespaces bool}
core/v1.NodeSelector {nodeSelectorTerms []NodeSelectorTerm}
core/v1.NodeSelectorOperator string
core/v1.NodeSelectorRequirement {key string,operator NodeSelectorOperator,values []string}
core/v1.NodeSelectorTerm {matchExpressions []NodeSelectorRequirement,matchFields []NodeSelectorRequirement}
core/v1.NodeSpec {podCIDR string,podCIDRs []string,providerID string,unschedulable bool,taints []Taint,configSource NodeConfigSource,externalID string}
core/v1.NodeStatus {capacity ResourceList,allocatable ResourceList,phase NodePhase,conditions []NodeCondition@type,addresses []NodeAddress@type,daemonEndpoints NodeDaemonEndpoints,nodeInfo NodeSystemInfo,images []ContainerImage,volumesInUse []UniqueVolumeName,volumesAttached []AttachedVolume,config NodeConfigStatus,runtimeHandlers []NodeRuntimeHandler,features NodeFeatures,declaredFeatures []string}
core/v1.NodeSwapStatus {capacity int64}
core/v1.NodeSystemInfo {machineID string,systemUUID string,bootID string,kernelVersion string,osImage string,containerRuntimeVersion string,kubeletVersion string,kubeProxyVersion string,operatingSystem string,architecture string,swap NodeSwapStatus}
core/v1.OSName string
core/v1.ObjectFieldSelector {apiVersion string,fieldPath string}
core/v1.ObjectReference {kind string,namespace string,name string,uid pkg/types.UID,apiVersion string,resourceVersion string,fieldPath string}
core/v1.PersistentVolume {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec PersistentVolumeSpec,status PersistentVolumeStatus}
core/v1.PersistentVolumeAccessMode string
core/v1.PersistentVolumeClaim {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec PersistentVolumeClaimSpec,status PersistentVolumeClaimStatus}
core/v1.PersistentVolumeClaimCondition {type PersistentVolumeClaimConditionType,status ConditionStatus,lastProbeTime meta/v1.Time,lastTransitionTime meta/v1.Time,reason string,message string}
core/v1.PersistentVolumeClaimConditionType string
core/v1.PersistentVolumeClaimModifyVolumeStatus string
core/v1.PersistentVolumeClaimPhase string
core/v1.PersistentVolumeClaimSpec {accessModes []PersistentVolumeAccessMode,selector meta/v1.LabelSelector,resources VolumeResourceRequirements,volumeName string,storageClassName string,volumeMode PersistentVolumeMode,dataSource TypedLocalObjectReference,dataSourceRef TypedObjectReference,volumeAttributesClassName string}
core/v1.PersistentVolumeClaimStatus {phase PersistentVolumeClaimPhase,accessModes []PersistentVolumeAccessMode,capacity ResourceList,conditions []PersistentVolumeClaimCondition@type,allocatedResources ResourceList,allocatedResourceStatuses map[ResourceName]ClaimResourceStatus,currentVolumeAttributesClassName string,modifyVolumeStatus ModifyVolumeStatus}
core/v1.PersistentVolumeClaimTemplate {metadata meta/v1.ObjectMeta,spec PersistentVolumeClaimSpec}
core/v1.PersistentVolumeClaimVolumeSource {claimName string,readOnly bool}
core/v1.PersistentVolumeMode string
core/v1.PersistentVolumePhase string
core/v1.PersistentVolumeReclaimPolicy string
core/v1.PersistentVolumeSource {gcePersistentDisk GCEPersistentDiskVolumeSource,awsElasticBlockStore AWSElasticBlockStoreVolumeSource,hostPath HostPathVolumeSource,glusterfs GlusterfsPersistentVolumeSource,nfs NFSVolumeSource,rbd RBDPersistentVolumeSource,iscsi ISCSIPersistentVolumeSource,cinder CinderPersistentVolumeSource,cephfs CephFSPersistentVolumeSource,fc FCVolumeSource,flocker FlockerVolumeSource,flexVolume FlexPersistentVolumeSource,azureFile AzureFilePersistentVolumeSource,vsphereVolume VsphereVirtualDiskVolumeSource,quobyte QuobyteVolumeSource,azureDisk AzureDiskVolumeSource,photonPersistentDisk PhotonPersistentDiskVolumeSource,portworxVolume PortworxVolumeSource,scaleIO ScaleIOPersistentVolumeSource,local LocalVolumeSource,storageos StorageOSPersistentVolumeSource,csi CSIPersistentVolumeSource}
core/v1.PersistentVolumeSpec {capacity ResourceList,+PersistentVolumeSource PersistentVolumeSource,accessModes []PersistentVolumeAccessMode,claimRef ObjectReference,persistentVolumeReclaimPolicy PersistentVolumeReclaimPolicy,storageClassName string,mountOptions []string,volumeMode PersistentVolumeMode,nodeAffinity VolumeNodeAffinity,volumeAttributesClassName string}
core/v1.PersistentVolumeStatus {phase PersistentVolumePhase,message string,reason string,lastPhaseTransitionTime meta/v1.Time}
core/v1.PhotonPersistentDiskVolumeSource {pdID string,fsType string}
core/v1.Pod {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec PodSpec,status PodStatus}
core/v1.PodAffinity {requiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm,preferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm}
core/v1.PodAffinityTerm {labelSelector meta/v1.LabelSelector,namespaces []string,topologyKey string,namespaceSelector meta/v1.LabelSelector,matchLabelKeys []string,mismatchLabelKeys []string}
core/v1.PodAntiAffinity {requiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm,preferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm}
core/v1.PodCertificateProjection {signerName string,keyType string,maxExpirationSeconds int32,credentialBundlePath string,keyPath string,certificateChainPath string,userAnnotations map[string]string}
core/v1.PodCondition {type PodConditionType,observedGeneration int64,status ConditionStatus,lastProbeTime meta/v1.Time,lastTransitionTime meta/v1.Time,reason string,message string}
core/v1.PodConditionType string
core/v1.PodDNSConfig {nameservers []string,searches []string,options []PodDNSConfigOption}
core/v1.PodDNSConfigOption {name string,value string}
core/v1.PodExtendedResourceClaimStatus {requestMappings []ContainerExtendedResourceRequest,resourceClaimName string}
core/v1.PodFSGroupChangePolicy string
core/v1.PodIP {ip string}
core/v1.PodOS {name OSName}
core/v1.PodPhase string
core/v1.PodQOSClass string
core/v1.PodReadinessGate {conditionType PodConditionType}
core/v1.PodResizeStatus string
core/v1.PodResourceClaim {name string,resourceClaimName string,resourceClaimTemplateName string}
core/v1.PodResourceClaimStatus {name string,resourceClaimName string}
core/v1.PodSELinuxChangePolicy string
core/v1.PodSchedulingGate {name string}
core/v1.PodSchedulingGroup {podGroupName string}
core/v1.PodSecurityContext {seLinuxOptions SELinuxOptions,windowsOptions WindowsSecurityContextOptions,runAsUser int64,runAsGroup int64,runAsNonRoot bool,supplementalGroups []int64,supplementalGroupsPolicy SupplementalGroupsPolicy,fsGroup int64,sysctls []Sysctl,fsGroupChangePolicy PodFSGroupChangePolicy,seccompProfile SeccompProfile,appArmorProfile AppArmorProfile,seLinuxChangePolicy PodSELinuxChangePolicy}
core/v1.PodSpec {volumes []Volume@name,initContainers []Container@name,containers []Container@name,ephemeralContainers []EphemeralContainer@name,restartPolicy RestartPolicy,terminationGracePeriodSeconds int64,activeDeadlineSeconds int64,dnsPolicy DNSPolicy,nodeSelector map[string]string,serviceAccountName string,serviceAccount string,automountServiceAccountToken bool,nodeName string,hostNetwork bool,hostPID bool,hostIPC bool,shareProcessNamespace bool,securityContext PodSecurityContext,imagePullSecrets []LocalObjectReference@name,hostname string,subdomain string,affinity Affinity,schedulerName string,tolerations []Toleration,hostAliases []HostAlias@ip,priorityClassName string,priority int32,dnsConfig PodDNSConfig,readinessGates []PodReadinessGate,runtimeClassName string,enableServiceLinks bool,preemptionPolicy PreemptionPolicy,overhead ResourceList,topologySpreadConstraints []TopologySpreadConstraint@topologyKey,setHostnameAsFQDN bool,os PodOS,hostUsers bool,schedulingGates []PodSchedulingGate@name,resourceClaims []PodResourceClaim@name,resources ResourceRequirements,hostnameOverride string,schedulingGroup PodSchedulingGroup}
core/v1.PodStatus {observedGeneration int64,phase PodPhase,conditions []PodCondition@type,message string,reason string,nominatedNodeName string,hostIP string,hostIPs []HostIP@ip,podIP string,podIPs []PodIP@ip,startTime meta/v1.Time,initContainerStatuses []ContainerStatus,containerStatuses []ContainerStatus,qosClass PodQOSClass,ephemeralContainerStatuses []ContainerStatus,resize PodResizeStatus,resourceClaimStatuses []PodResourceClaimStatus@name,extendedResourceClaimStatus PodExtendedResourceClaimStatus,allocatedResources ResourceList,resources ResourceRequirements,nodeAllocatableResourceClaimStatuses []NodeAllocatableResourceClaimStatus}
core/v1.PodStatusResult {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,status PodStatus}
core/v1.PodTemplate {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,template PodTemplateSpec}
core/v1.PodTemplateSpec {metadata meta/v1.ObjectMeta,spec PodSpec}
core/v1.PortStatus {port int32,protocol Protocol,error string}
core/v1.PortworxVolumeSource {volumeID string,fsType string,readOnly bool}
core/v1.PreemptionPolicy string
core/v1.PreferredSchedulingTerm {weight int32,preference NodeSelectorTerm}
core/v1.Probe {+ProbeHandler ProbeHandler,initialDelaySeconds int32,timeoutSeconds int32,periodSeconds int32,successThreshold int32,failureThreshold int32,terminationGracePeriodSeconds int64}
core/v1.ProbeHandler {exec ExecAction,httpGet HTTPGetAction,tcpSocket TCPSocketAction,grpc GRPCAction}
core/v1.ProcMountType string
core/v1.ProjectedVolumeSource {sources []VolumeProjection,defaultMode int32}
core/v1.Protocol string
core/v1.PullPolicy string
core/v1.QuobyteVolumeSource {registry string,volume string,readOnly bool,user string,group string,tenant string}
core/v1.RBDPersistentVolumeSource {monitors []string,image string,fsType string,pool string,user string,keyring string,secretRef SecretReference,readOnly bool}
core/v1.RBDVolumeSource {monitors []string,image string,fsType string,pool string,user string,keyring string,secretRef LocalObjectReference,readOnly bool}
core/v1.RangeAllocation {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,range string,data []uint8}
core/v1.RecursiveReadOnlyMode string
core/v1.ReplicationController {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec ReplicationControllerSpec,status ReplicationControllerStatus}
core/v1.ReplicationControllerCondition {type ReplicationControllerConditionType,status ConditionStatus,lastTransitionTime meta/v1.Time,reason string,message string}
core/v1.ReplicationControllerConditionType string
core/v1.ReplicationControllerSpec {replicas int32,minReadySeconds int32,selector map[string]string,template PodTemplateSpec}
core/v1.ReplicationControllerStatus {replicas int32,fullyLabeledReplicas int32,readyReplicas int32,availableReplicas int32,observedGeneration int64,conditions []ReplicationControllerCondition@type}
core/v1.ResourceClaim {name string,request string}
core/v1.ResourceFieldSelector {containerName string,resource string,divisor api/resource.Quantity}
core/v1.ResourceHealth {resourceID ResourceID,health ResourceHealthStatus,message string}
core/v1.ResourceHealthStatus string
core/v1.ResourceID string
core/v1.ResourceList map[ResourceName]api/resource.Quantity
core/v1.ResourceName string
core/v1.ResourceQuota {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec ResourceQuotaSpec,status ResourceQuotaStatus}
core/v1.ResourceQuotaScope string
core/v1.ResourceQuotaSpec {hard ResourceList,scopes []ResourceQuotaScope,scopeSelector ScopeSelector}
core/v1.ResourceQuotaStatus {hard ResourceList,used ResourceList}
core/v1.ResourceRequirements {limits ResourceList,requests ResourceList,claims []ResourceClaim}
core/v1.ResourceResizeRestartPolicy string
core/v1.ResourceStatus {name ResourceName,resources []ResourceHealth}
core/v1.RestartPolicy string
core/v1.SELinuxOptions {user string,role string,type string,level string}
core/v1.ScaleIOPersistentVolumeSource {gateway string,system string,secretRef SecretReference,sslEnabled bool,protectionDomain string,storagePool string,storageMode string,volumeName string,fsType string,readOnly bool}
core/v1.ScaleIOVolumeSource {gateway string,system string,secretRef LocalObjectReference,sslEnabled bool,protectionDomain string,storagePool string,storageMode string,volumeName string,fsType string,readOnly bool}
core/v1.ScopeSelector {matchExpressions []ScopedResourceSelectorRequirement}
core/v1.ScopeSelectorOperator string
core/v1.ScopedResourceSelectorRequirement {scopeName ResourceQuotaScope,operator ScopeSelectorOperator,values []string}
core/v1.SeccompProfile {type SeccompProfileType,localhostProfile string}
core/v1.SeccompProfileType string
core/v1.Secret {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,immutable bool,data map[string][]uint8,stringData map[string]string,type SecretType}
core/v1.SecretEnvSource {+LocalObjectReference LocalObjectReference,optional bool}
core/v1.SecretKeySelector {+LocalObjectReference LocalObjectReference,key string,optional bool}
core/v1.SecretProjection {+LocalObjectReference LocalObjectReference,items []KeyToPath,optional bool}
core/v1.SecretReference {name string,namespace string}
core/v1.SecretType string
core/v1.SecretVolumeSource {secretName string,items []KeyToPath,defaultMode int32,optional bool}
core/v1.SecurityContext {capabilities Capabilities,privileged bool,seLinuxOptions SELinuxOptions,windowsOptions WindowsSecurityContextOptions,runAsUser int64,runAsGroup int64,runAsNonRoot bool,readOnlyRootFilesystem bool,allowPrivilegeEscalation bool,procMount ProcMountType,seccompProfile SeccompProfile,appArmorProfile AppArmorProfile}
core/v1.Service {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec ServiceSpec,status ServiceStatus}
core/v1.ServiceAccount {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,secrets []ObjectReference@name,imagePullSecrets []LocalObjectReference,automountServiceAccountToken bool}
core/v1.ServiceAccountTokenProjection {audience string,expirationSeconds int64,path string}
core/v1.ServiceAffinity string
core/v1.ServiceExternalTrafficPolicy string
core/v1.ServiceInternalTrafficPolicy string
core/v1.ServicePort {name string,protocol Protocol,appProtocol string,port int32,targetPort util/intstr.IntOrString,nodePort int32}
core/v1.ServiceSpec {ports []ServicePort@port,selector map[string]string,clusterIP string,clusterIPs []string,type ServiceType,externalIPs []string,sessionAffinity ServiceAffinity,loadBalancerIP string,loadBalancerSourceRanges []string,externalName string,externalTrafficPolicy ServiceExternalTrafficPolicy,healthCheckNodePort int32,publishNotReadyAddresses bool,sessionAffinityConfig SessionAffinityConfig,ipFamilies []IPFamily,ipFamilyPolicy IPFamilyPolicy,allocateLoadBalancerNodePorts bool,loadBalancerClass string,internalTrafficPolicy ServiceInternalTrafficPolicy,trafficDistribution string}
core/v1.ServiceStatus {loadBalancer LoadBalancerStatus,conditions []meta/v1.Condition@type}
core/v1.ServiceType string
core/v1.SessionAffinityConfig {clientIP ClientIPConfig}
core/v1.Signal string
core/v1.SleepAction {seconds int64}
core/v1.StorageMedium string
core/v1.StorageOSPersistentVolumeSource {volumeName string,volumeNamespace string,fsType string,readOnly bool,secretRef ObjectReference}
core/v1.StorageOSVolumeSource {volumeName string,volumeNamespace string,fsType string,readOnly bool,secretRef LocalObjectReference}
core/v1.SupplementalGroupsPolicy string
core/v1.Sysctl {name string,value string}
core/v1.TCPSocketAction {port util/intstr.IntOrString,host string}
core/v1.Taint {key string,value string,effect TaintEffect,timeAdded meta/v1.Time}
core/v1.TaintEffect string
core/v1.TerminationMessagePolicy string
core/v1.Toleration {key string,operator TolerationOperator,value string,effect TaintEffect,tolerationSeconds int64}
core/v1.TolerationOperator string
core/v1.TopologySelectorLabelRequirement {key string,values []string}
core/v1.TopologySelectorTerm {matchLabelExpressions []TopologySelectorLabelRequirement}
core/v1.TopologySpreadConstraint {maxSkew int32,topologyKey string,whenUnsatisfiable UnsatisfiableConstraintAction,labelSelector meta/v1.LabelSelector,minDomains int32,nodeAffinityPolicy NodeInclusionPolicy,nodeTaintsPolicy NodeInclusionPolicy,matchLabelKeys []string}
core/v1.TypedLocalObjectReference {apiGroup string,kind string,name string}
core/v1.TypedObjectReference {apiGroup string,kind string,name string,namespace string}
core/v1.URIScheme string
core/v1.UniqueVolumeName string
core/v1.UnsatisfiableConstraintAction string
core/v1.Volume {name string,+VolumeSource VolumeSource}
core/v1.VolumeDevice {name string,devicePath string}
core/v1.VolumeMount {name string,readOnly bool,recursiveReadOnly RecursiveReadOnlyMode,mountPath string,subPath string,mountPropagation MountPropagationMode,subPathExpr string}
core/v1.VolumeMountStatus {name string,mountPath string,readOnly bool,recursiveReadOnly RecursiveReadOnlyMode,volumeStatus VolumeStatus}
core/v1.VolumeNodeAffinity {required NodeSelector}
core/v1.VolumeProjection {secret SecretProjection,downwardAPI DownwardAPIProjection,configMap ConfigMapProjection,serviceAccountToken ServiceAccountTokenProjection,clusterTrustBundle ClusterTrustBundleProjection,podCertificate PodCertificateProjection}
core/v1.VolumeResourceRequirements {limits ResourceList,requests ResourceList}
core/v1.VolumeSource {hostPath HostPathVolumeSource,emptyDir EmptyDirVolumeSource,gcePersistentDisk GCEPersistentDiskVolumeSource,awsElasticBlockStore AWSElasticBlockStoreVolumeSource,gitRepo GitRepoVolumeSource,secret SecretVolumeSource,nfs NFSVolumeSource,iscsi ISCSIVolumeSource,glusterfs GlusterfsVolumeSource,persistentVolumeClaim PersistentVolumeClaimVolumeSource,rbd RBDVolumeSource,flexVolume FlexVolumeSource,cinder CinderVolumeSource,cephfs CephFSVolumeSource,flocker FlockerVolumeSource,downwardAPI DownwardAPIVolumeSource,fc FCVolumeSource,azureFile AzureFileVolumeSource,configMap ConfigMapVolumeSource,vsphereVolume VsphereVirtualDiskVolumeSource,quobyte QuobyteVolumeSource,azureDisk AzureDiskVolumeSource,photonPersistentDisk PhotonPersistentDiskVolumeSource,projected ProjectedVolumeSource,portworxVolume PortworxVolumeSource,scaleIO ScaleIOVolumeSource,storageos StorageOSVolumeSource,csi CSIVolumeSource,ephemeral EphemeralVolumeSource,image ImageVolumeSource}
core/v1.VolumeStatus {image ImageVolumeStatus}
core/v1.VsphereVirtualDiskVolumeSource {volumePath string,fsType string,storagePolicyName string,storagePolicyID string}
core/v1.WeightedPodAffinityTerm {weight int32,podAffinityTerm PodAffinityTerm}
core/v1.WindowsSecurityContextOptions {gmsaCredentialSpecName string,gmsaCredentialSpec string,runAsUserName string,hostProcess bool}
discovery/v1.AddressType string
discovery/v1.Endpoint {addresses []string,conditions EndpointConditions,hostname string,targetRef core/v1.ObjectReference,deprecatedTopology map[string]string,nodeName string,zone string,hints EndpointHints}
discovery/v1.EndpointConditions {ready bool,serving bool,terminating bool}
discovery/v1.EndpointHints {forZones []ForZone,forNodes []ForNode}
discovery/v1.EndpointPort {name string,protocol core/v1.Protocol,port int32,appProtocol string}
discovery/v1.EndpointSlice {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,addressType AddressType,endpoints []Endpoint,ports []EndpointPort}
discovery/v1.ForNode {name string}
discovery/v1.ForZone {name string}
events/v1.Event {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,eventTime meta/v1.MicroTime,series EventSeries,reportingController string,reportingInstance string,action string,reason string,regarding core/v1.ObjectReference,related core/v1.ObjectReference,note string,type string,deprecatedSource core/v1.EventSource,deprecatedFirstTimestamp meta/v1.Time,deprecatedLastTimestamp meta/v1.Time,deprecatedCount int32}
events/v1.EventSeries {count int32,lastObservedTime meta/v1.MicroTime}
flowcontrol/v1.ConditionStatus string
flowcontrol/v1.ExemptPriorityLevelConfiguration {nominalConcurrencyShares int32,lendablePercent int32}
flowcontrol/v1.FlowDistinguisherMethod {type FlowDistinguisherMethodType}
flowcontrol/v1.FlowDistinguisherMethodType string
flowcontrol/v1.FlowSchema {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec FlowSchemaSpec,status FlowSchemaStatus}
flowcontrol/v1.FlowSchemaCondition {type FlowSchemaConditionType,status ConditionStatus,lastTransitionTime meta/v1.Time,reason string,message string}
flowcontrol/v1.FlowSchemaConditionType string
flowcontrol/v1.FlowSchemaSpec {priorityLevelConfiguration PriorityLevelConfigurationReference,matchingPrecedence int32,distinguisherMethod FlowDistinguisherMethod,rules []PolicyRulesWithSubjects}
flowcontrol/v1.FlowSchemaStatus {conditions []FlowSchemaCondition@type}
flowcontrol/v1.GroupSubject {name string}
flowcontrol/v1.LimitResponse {type LimitResponseType,queuing QueuingConfiguration}
flowcontrol/v1.LimitResponseType string
flowcontrol/v1.LimitedPriorityLevelConfiguration {nominalConcurrencyShares int32,limitResponse LimitResponse,lendablePercent int32,borrowingLimitPercent int32}
flowcontrol/v1.NonResourcePolicyRule {verbs []string,nonResourceURLs []string}
flowcontrol/v1.PolicyRulesWithSubjects {subjects []Subject,resourceRules []ResourcePolicyRule,nonResourceRules []NonResourcePolicyRule}
flowcontrol/v1.PriorityLevelConfiguration {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec PriorityLevelConfigurationSpec,status PriorityLevelConfigurationStatus}
flowcontrol/v1.PriorityLevelConfigurationCondition {type PriorityLevelConfigurationConditionType,status ConditionStatus,lastTransitionTime meta/v1.Time,reason string,message string}
flowcontrol/v1.PriorityLevelConfigurationConditionType string
flowcontrol/v1.PriorityLevelConfigurationReference {name string}
flowcontrol/v1.PriorityLevelConfigurationSpec {type PriorityLevelEnablement,limited LimitedPriorityLevelConfiguration,exempt ExemptPriorityLevelConfiguration}
flowcontrol/v1.PriorityLevelConfigurationStatus {conditions []PriorityLevelConfigurationCondition@type}
flowcontrol/v1.PriorityLevelEnablement string
flowcontrol/v1.QueuingConfiguration {queues int32,handSize int32,queueLengthLimit int32}
flowcontrol/v1.ResourcePolicyRule {verbs []string,apiGroups []string,resources []string,clusterScope bool,namespaces []string}
flowcontrol/v1.ServiceAccountSubject {namespace string,name string}
flowcontrol/v1.Subject {kind SubjectKind,user UserSubject,group GroupSubject,serviceAccount ServiceAccountSubject}
flowcontrol/v1.SubjectKind string
flowcontrol/v1.UserSubject {name string}
meta/v1.Condition {type string,status ConditionStatus,observedGeneration int64,lastTransitionTime Time,reason string,message string}
meta/v1.ConditionStatus string
meta/v1.DeleteOptions {+TypeMeta TypeMeta,gracePeriodSeconds int64,preconditions Preconditions,orphanDependents bool,propagationPolicy DeletionPropagation,dryRun []string,ignoreStoreReadErrorWithClusterBreakingPotential bool}
meta/v1.DeletionPropagation string
meta/v1.FieldSelectorOperator string
meta/v1.FieldSelectorRequirement {key string,operator FieldSelectorOperator,values []string}
meta/v1.FieldsV1 custom
meta/v1.LabelSelector {matchLabels map[string]string,matchExpressions []LabelSelectorRequirement}
meta/v1.LabelSelectorOperator string
meta/v1.LabelSelectorRequirement {key string,operator LabelSelectorOperator,values []string}
meta/v1.ManagedFieldsEntry {manager string,operation ManagedFieldsOperationType,apiVersion string,time Time,fieldsType string,fieldsV1 FieldsV1,subresource string}
meta/v1.ManagedFieldsOperationType string
meta/v1.MicroTime custom
meta/v1.ObjectMeta {name string,generateName string,namespace string,selfLink string,uid pkg/types.UID,resourceVersion string,generation int64,creationTimestamp Time,deletionTimestamp Time,deletionGracePeriodSeconds int64,labels map[string]string,annotations map[string]string,ownerReferences []OwnerReference@uid,finalizers []string,managedFields []ManagedFieldsEntry}
meta/v1.OwnerReference {apiVersion string,kind string,name string,uid pkg/types.UID,controller bool,blockOwnerDeletion bool}
meta/v1.Preconditions {uid pkg/types.UID,resourceVersion string}
meta/v1.StatusReason string
meta/v1.Time custom
meta/v1.TypeMeta {kind string,apiVersion string}
networking/v1.HTTPIngressPath {path string,pathType PathType,backend IngressBackend}
networking/v1.HTTPIngressRuleValue {paths []HTTPIngressPath}
networking/v1.IPAddress {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec IPAddressSpec}
networking/v1.IPAddressSpec {parentRef ParentReference}
networking/v1.IPBlock {cidr string,except []string}
networking/v1.Ingress {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec IngressSpec,status IngressStatus}
networking/v1.IngressBackend {service IngressServiceBackend,resource core/v1.TypedLocalObjectReference}
networking/v1.IngressClass {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec IngressClassSpec}
networking/v1.IngressClassParametersReference {apiGroup string,kind string,name string,scope string,namespace string}
networking/v1.IngressClassSpec {controller string,parameters IngressClassParametersReference}
networking/v1.IngressLoadBalancerIngress {ip string,hostname string,ports []IngressPortStatus}
networking/v1.IngressLoadBalancerStatus {ingress []IngressLoadBalancerIngress}
networking/v1.IngressPortStatus {port int32,protocol core/v1.Protocol,error string}
networking/v1.IngressRule {host string,+IngressRuleValue IngressRuleValue}
networking/v1.IngressRuleValue {http HTTPIngressRuleValue}
networking/v1.IngressServiceBackend {name string,port ServiceBackendPort}
networking/v1.IngressSpec {ingressClassName string,defaultBackend IngressBackend,tls []IngressTLS,rules []IngressRule}
networking/v1.IngressStatus {loadBalancer IngressLoadBalancerStatus}
networking/v1.IngressTLS {hosts []string,secretName string}
networking/v1.NetworkPolicy {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec NetworkPolicySpec}
networking/v1.NetworkPolicyEgressRule {ports []NetworkPolicyPort,to []NetworkPolicyPeer}
networking/v1.NetworkPolicyIngressRule {ports []NetworkPolicyPort,from []NetworkPolicyPeer}
networking/v1.NetworkPolicyPeer {podSelector meta/v1.LabelSelector,namespaceSelector meta/v1.LabelSelector,ipBlock IPBlock}
networking/v1.NetworkPolicyPort {protocol core/v1.Protocol,port util/intstr.IntOrString,endPort int32}
networking/v1.NetworkPolicySpec {podSelector meta/v1.LabelSelector,ingress []NetworkPolicyIngressRule,egress []NetworkPolicyEgressRule,policyTypes []PolicyType}
networking/v1.ParentReference {group string,resource string,namespace string,name string}
networking/v1.PathType string
networking/v1.PolicyType string
networking/v1.ServiceBackendPort {name string,number int32}
networking/v1.ServiceCIDR {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec ServiceCIDRSpec,status ServiceCIDRStatus}
networking/v1.ServiceCIDRSpec {cidrs []string}
networking/v1.ServiceCIDRStatus {conditions []meta/v1.Condition@type}
node/v1.Overhead {podFixed core/v1.ResourceList}
node/v1.RuntimeClass {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,handler string,overhead Overhead,scheduling Scheduling}
node/v1.Scheduling {nodeSelector map[string]string,tolerations []core/v1.Toleration}
pkg/runtime.RawExtension custom
pkg/types.UID string
policy/v1.Eviction {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,deleteOptions meta/v1.DeleteOptions}
policy/v1.PodDisruptionBudget {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec PodDisruptionBudgetSpec,status PodDisruptionBudgetStatus}
policy/v1.PodDisruptionBudgetSpec {minAvailable util/intstr.IntOrString,selector meta/v1.LabelSelector,maxUnavailable util/intstr.IntOrString,unhealthyPodEvictionPolicy UnhealthyPodEvictionPolicyType}
policy/v1.PodDisruptionBudgetStatus {observedGeneration int64,disruptedPods map[string]meta/v1.Time,disruptionsAllowed int32,currentHealthy int32,desiredHealthy int32,expectedPods int32,conditions []meta/v1.Condition@type}
policy/v1.UnhealthyPodEvictionPolicyType string
rbac/v1.AggregationRule {clusterRoleSelectors []meta/v1.LabelSelector}
rbac/v1.ClusterRole {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,rules []PolicyRule,aggregationRule AggregationRule}
rbac/v1.ClusterRoleBinding {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,subjects []Subject,roleRef RoleRef}
rbac/v1.PolicyRule {verbs []string,apiGroups []string,resources []string,resourceNames []string,nonResourceURLs []string}
rbac/v1.Role {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,rules []PolicyRule}
rbac/v1.RoleBinding {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,subjects []Subject,roleRef RoleRef}
rbac/v1.RoleRef {apiGroup string,kind string,name string}
rbac/v1.Subject {kind string,apiGroup string,name string,namespace string}
resource/v1.AllocatedDeviceStatus {driver string,pool string,device string,shareID string,conditions []meta/v1.Condition,data pkg/runtime.RawExtension,networkData NetworkDeviceData}
resource/v1.AllocationConfigSource string
resource/v1.AllocationResult {devices DeviceAllocationResult,nodeSelector core/v1.NodeSelector,allocationTimestamp meta/v1.Time}
resource/v1.CELDeviceSelector {expression string}
resource/v1.CapacityRequestPolicy {default api/resource.Quantity,validValues []api/resource.Quantity,validRange CapacityRequestPolicyRange}
resource/v1.CapacityRequestPolicyRange {min api/resource.Quantity,max api/resource.Quantity,step api/resource.Quantity}
resource/v1.CapacityRequirements {requests map[QualifiedName]api/resource.Quantity}
resource/v1.Counter {value api/resource.Quantity}
resource/v1.CounterSet {name string,counters map[string]Counter}
resource/v1.Device {name string,attributes map[QualifiedName]DeviceAttribute,capacity map[QualifiedName]DeviceCapacity,consumesCounters []DeviceCounterConsumption,nodeName string,nodeSelector core/v1.NodeSelector,allNodes bool,taints []DeviceTaint,bindsToNode bool,bindingConditions []string,bindingFailureConditions []string,allowMultipleAllocations bool,nodeAllocatableResourceMappings map[core/v1.ResourceName]NodeAllocatableResourceMapping}
resource/v1.DeviceAllocationConfiguration {source AllocationConfigSource,requests []string,+DeviceConfiguration DeviceConfiguration}
resource/v1.DeviceAllocationMode string
resource/v1.DeviceAllocationResult {results []DeviceRequestAllocationResult,config []DeviceAllocationConfiguration}
resource/v1.DeviceAttribute {int int64,bool bool,string string,version string,ints []int64,bools []bool,strings []string,versions []string}
resource/v1.DeviceCapacity {value api/resource.Quantity,requestPolicy CapacityRequestPolicy}
resource/v1.DeviceClaim {requests []DeviceRequest,constraints []DeviceConstraint,config []DeviceClaimConfiguration}
resource/v1.DeviceClaimConfiguration {requests []string,+DeviceConfiguration DeviceConfiguration}
resource/v1.DeviceClass {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec DeviceClassSpec}
resource/v1.DeviceClassConfiguration {+DeviceConfiguration DeviceConfiguration}
resource/v1.DeviceClassSpec {selectors []DeviceSelector,config []DeviceClassConfiguration,extendedResourceName string}
resource/v1.DeviceConfiguration {opaque OpaqueDeviceConfiguration}
resource/v1.DeviceConstraint {requests []string,matchAttribute FullyQualifiedName,distinctAttribute FullyQualifiedName}
resource/v1.DeviceCounterConsumption {counterSet string,counters map[string]Counter}
resource/v1.DeviceRequest {name string,exactly ExactDeviceRequest,firstAvailable []DeviceSubRequest}
resource/v1.DeviceRequestAllocationResult {request string,driver string,pool string,device string,adminAccess bool,tolerations []DeviceToleration,bindingConditions []string,bindingFailureConditions []string,shareID pkg/types.UID,consumedCapacity map[QualifiedName]api/resource.Quantity}
resource/v1.DeviceSelector {cel CELDeviceSelector}
resource/v1.DeviceSubRequest {name string,deviceClassName string,selectors []DeviceSelector,allocationMode DeviceAllocationMode,count int64,tolerations []DeviceToleration,capacity CapacityRequirements}
resource/v1.DeviceTaint {key string,value string,effect DeviceTaintEffect,timeAdded meta/v1.Time}
resource/v1.DeviceTaintEffect string
resource/v1.DeviceToleration {key string,operator DeviceTolerationOperator,value string,effect DeviceTaintEffect,tolerationSeconds int64}
resource/v1.DeviceTolerationOperator string
resource/v1.ExactDeviceRequest {deviceClassName string,selectors []DeviceSelector,allocationMode DeviceAllocationMode,count int64,adminAccess bool,tolerations []DeviceToleration,capacity CapacityRequirements}
resource/v1.FullyQualifiedName string
resource/v1.NetworkDeviceData {interfaceName string,ips []string,hardwareAddress string}
resource/v1.NodeAllocatableResourceMapping {capacityKey QualifiedName,allocationMultiplier api/resource.Quantity}
resource/v1.OpaqueDeviceConfiguration {driver string,parameters pkg/runtime.RawExtension}
resource/v1.QualifiedName string
resource/v1.ResourceClaim {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec ResourceClaimSpec,status ResourceClaimStatus}
resource/v1.ResourceClaimConsumerReference {apiGroup string,resource string,name string,uid pkg/types.UID}
resource/v1.ResourceClaimSpec {devices DeviceClaim}
resource/v1.ResourceClaimStatus {allocation AllocationResult,reservedFor []ResourceClaimConsumerReference@uid,devices []AllocatedDeviceStatus}
resource/v1.ResourceClaimTemplate {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec ResourceClaimTemplateSpec}
resource/v1.ResourceClaimTemplateSpec {metadata meta/v1.ObjectMeta,spec ResourceClaimSpec}
resource/v1.ResourcePool {name string,generation int64,resourceSliceCount int64}
resource/v1.ResourceSlice {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec ResourceSliceSpec}
resource/v1.ResourceSliceSpec {driver string,pool ResourcePool,nodeName string,nodeSelector core/v1.NodeSelector,allNodes bool,devices []Device,perDeviceNodeSelection bool,sharedCounters []CounterSet}
scheduling/v1.PriorityClass {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,value int32,globalDefault bool,description string,preemptionPolicy core/v1.PreemptionPolicy}
storage/v1.CSIDriver {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec CSIDriverSpec}
storage/v1.CSIDriverSpec {attachRequired bool,podInfoOnMount bool,volumeLifecycleModes []VolumeLifecycleMode,storageCapacity bool,fsGroupPolicy FSGroupPolicy,tokenRequests []TokenRequest,requiresRepublish bool,seLinuxMount bool,nodeAllocatableUpdatePeriodSeconds int64,serviceAccountTokenInSecrets bool,preventPodSchedulingIfMissing bool}
storage/v1.CSINode {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec CSINodeSpec}
storage/v1.CSINodeDriver {name string,nodeID string,topologyKeys []string,allocatable VolumeNodeResources}
storage/v1.CSINodeSpec {drivers []CSINodeDriver@name}
storage/v1.CSIStorageCapacity {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,nodeTopology meta/v1.LabelSelector,storageClassName string,capacity api/resource.Quantity,maximumVolumeSize api/resource.Quantity}
storage/v1.FSGroupPolicy string
storage/v1.StorageClass {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,provisioner string,parameters map[string]string,reclaimPolicy core/v1.PersistentVolumeReclaimPolicy,mountOptions []string,allowVolumeExpansion bool,volumeBindingMode VolumeBindingMode,allowedTopologies []core/v1.TopologySelectorTerm}
storage/v1.TokenRequest {audience string,expirationSeconds int64}
storage/v1.VolumeAttachment {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,spec VolumeAttachmentSpec,status VolumeAttachmentStatus}
storage/v1.VolumeAttachmentSource {persistentVolumeName string,inlineVolumeSpec core/v1.PersistentVolumeSpec}
storage/v1.VolumeAttachmentSpec {attacher string,source VolumeAttachmentSource,nodeName string}
storage/v1.VolumeAttachmentStatus {attached bool,attachmentMetadata map[string]string,attachError VolumeError,detachError VolumeError}
storage/v1.VolumeAttributesClass {+TypeMeta meta/v1.TypeMeta,metadata meta/v1.ObjectMeta,driverName string,parameters map[string]string}
storage/v1.VolumeBindingMode string
storage/v1.VolumeError {time meta/v1.Time,message string,errorCode int32}
storage/v1.VolumeLifecycleMode string
storage/v1.VolumeNodeResources {count int32}
util/intstr.IntOrString custom
`;
