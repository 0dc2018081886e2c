namespace AdvFit.Deploy.Tests.Schema;

// The part of the Kubernetes API that the manifests use, under its own names: https://kubernetes.io/docs/reference/kubernetes-api/.
// What is not here is refused when a manifest is read; whoever uses another field adds it.

internal sealed record Metadata
{
    public string Name { get; init; } = "";

    public string? Namespace { get; init; }

    public Dictionary<string, string> Labels { get; init; } = [];
}

/// <summary>Anything that can be applied to a cluster.</summary>
internal record KubernetesObject
{
    public string ApiVersion { get; init; } = "";

    public string Kind { get; init; } = "";

    public Metadata Metadata { get; init; } = new();
}

internal sealed record Namespace : KubernetesObject;

internal sealed record ConfigMap : KubernetesObject
{
    public Dictionary<string, string> Data { get; init; } = [];
}

internal sealed record Service : KubernetesObject
{
    public ServiceSpec Spec { get; init; } = new();
}

internal sealed record ServiceSpec
{
    public string? ClusterIP { get; init; }

    public bool PublishNotReadyAddresses { get; init; }

    public Dictionary<string, string> Selector { get; init; } = [];

    public List<ServicePort> Ports { get; init; } = [];
}

internal sealed record ServicePort
{
    public string Name { get; init; } = "";

    public int Port { get; init; }

    public string TargetPort { get; init; } = "";
}

internal sealed record PersistentVolumeClaim : KubernetesObject
{
    public ClaimSpec Spec { get; init; } = new();
}

internal sealed record ClaimSpec
{
    public List<string> AccessModes { get; init; } = [];

    public string? StorageClassName { get; init; }

    public Resources Resources { get; init; } = new();
}

internal sealed record PodDisruptionBudget : KubernetesObject
{
    public DisruptionSpec Spec { get; init; } = new();
}

internal sealed record DisruptionSpec
{
    public int MaxUnavailable { get; init; }

    public string? UnhealthyPodEvictionPolicy { get; init; }

    public Selector Selector { get; init; } = new();
}

internal sealed record StatefulSet : KubernetesObject
{
    public StatefulSetSpec Spec { get; init; } = new();
}

internal sealed record StatefulSetSpec
{
    public int Replicas { get; init; }

    public string ServiceName { get; init; } = "";

    public string? PodManagementPolicy { get; init; }

    public int MinReadySeconds { get; init; }

    public Selector Selector { get; init; } = new();

    public PodTemplate Template { get; init; } = new();

    public List<ClaimTemplate> VolumeClaimTemplates { get; init; } = [];
}

internal sealed record ClaimTemplate
{
    public Metadata Metadata { get; init; } = new();

    public ClaimSpec Spec { get; init; } = new();
}
