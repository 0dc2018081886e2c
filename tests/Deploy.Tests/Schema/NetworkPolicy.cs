namespace AdvFit.Deploy.Tests.Schema;

internal sealed record NetworkPolicy : KubernetesObject
{
    public NetworkPolicySpec Spec { get; init; } = new();
}

internal sealed record NetworkPolicySpec
{
    public Selector PodSelector { get; init; } = new();

    public List<string> PolicyTypes { get; init; } = [];

    public List<IngressRule> Ingress { get; init; } = [];

    public List<EgressRule> Egress { get; init; } = [];
}

internal sealed record IngressRule
{
    public List<Peer> From { get; init; } = [];

    public List<PolicyPort> Ports { get; init; } = [];
}

internal sealed record EgressRule
{
    /// <summary>Empty for anybody.</summary>
    public List<Peer> To { get; init; } = [];

    public List<PolicyPort> Ports { get; init; } = [];
}

/// <summary>Pods: of this namespace unless others are named, and all of them unless some are named.</summary>
internal sealed record Peer
{
    public Selector? PodSelector { get; init; }

    public Selector? NamespaceSelector { get; init; }
}

internal sealed record PolicyPort
{
    public string Protocol { get; init; } = "TCP";

    /// <summary>A number, or a name of a container's port.</summary>
    public string Port { get; init; } = "";
}
