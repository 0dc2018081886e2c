namespace AdvFit.Deploy.Tests.Schema;

internal sealed record PodTemplate
{
    public Metadata Metadata { get; init; } = new();

    public PodSpec Spec { get; init; } = new();
}

internal sealed record PodSpec
{
    public bool? AutomountServiceAccountToken { get; init; }

    public bool? EnableServiceLinks { get; init; }

    /// <summary>In seconds; 30 unless given.</summary>
    public int TerminationGracePeriodSeconds { get; init; } = 30;

    public PodSecurity SecurityContext { get; init; } = new();

    public Affinity Affinity { get; init; } = new();

    public List<Spread> TopologySpreadConstraints { get; init; } = [];

    public Dictionary<string, string> NodeSelector { get; init; } = [];

    public List<Toleration> Tolerations { get; init; } = [];

    public List<Container> Containers { get; init; } = [];

    public List<Volume> Volumes { get; init; } = [];
}

internal sealed record PodSecurity
{
    public bool? RunAsNonRoot { get; init; }

    public int? RunAsUser { get; init; }

    public int? RunAsGroup { get; init; }

    public int? FsGroup { get; init; }

    public string? FsGroupChangePolicy { get; init; }

    public Seccomp? SeccompProfile { get; init; }
}

internal sealed record Seccomp
{
    public string Type { get; init; } = "";
}

internal sealed record Affinity
{
    public PodAntiAffinity PodAntiAffinity { get; init; } = new();
}

internal sealed record PodAntiAffinity
{
    public List<WeightedTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; init; } = [];
}

internal sealed record WeightedTerm
{
    public int Weight { get; init; }

    public AffinityTerm PodAffinityTerm { get; init; } = new();
}

internal sealed record AffinityTerm
{
    public string TopologyKey { get; init; } = "";

    public Selector LabelSelector { get; init; } = new();
}

internal sealed record Spread
{
    public int MaxSkew { get; init; }

    public string TopologyKey { get; init; } = "";

    public string WhenUnsatisfiable { get; init; } = "";

    public Selector LabelSelector { get; init; } = new();
}

internal sealed record Toleration
{
    public string Key { get; init; } = "";

    public string Operator { get; init; } = "";

    public string Effect { get; init; } = "";
}

internal sealed record Volume
{
    public string Name { get; init; } = "";

    public ClaimReference? PersistentVolumeClaim { get; init; }

    public EmptyDir? EmptyDir { get; init; }

    public SecretVolume? Secret { get; init; }
}

internal sealed record ClaimReference
{
    public string ClaimName { get; init; } = "";
}

internal sealed record EmptyDir
{
    public string? SizeLimit { get; init; }
}

internal sealed record SecretVolume
{
    public string SecretName { get; init; } = "";

    public int DefaultMode { get; init; }

    public List<SecretItem> Items { get; init; } = [];
}

internal sealed record SecretItem
{
    public string Key { get; init; } = "";

    public string Path { get; init; } = "";
}
