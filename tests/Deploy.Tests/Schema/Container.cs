namespace AdvFit.Deploy.Tests.Schema;

internal sealed record Container
{
    public string Name { get; init; } = "";

    public string Image { get; init; } = "";

    public string ImagePullPolicy { get; init; } = "";

    public List<ContainerPort> Ports { get; init; } = [];

    public List<EnvironmentSource> EnvFrom { get; init; } = [];

    public List<Variable> Env { get; init; } = [];

    public Probe? StartupProbe { get; init; }

    public Probe? LivenessProbe { get; init; }

    public Probe? ReadinessProbe { get; init; }

    public Lifecycle? Lifecycle { get; init; }

    public Resources Resources { get; init; } = new();

    public ContainerSecurity SecurityContext { get; init; } = new();

    public List<VolumeMount> VolumeMounts { get; init; } = [];

    /// <summary>The number of a port that is given by name or number.</summary>
    public int PortOf(string nameOrNumber) =>
        int.TryParse(nameOrNumber, out var number) ? number : Ports.Single(port => port.Name == nameOrNumber).Port;
}

internal sealed record ContainerPort
{
    public string Name { get; init; } = "";

    [YamlDotNet.Serialization.YamlMember(Alias = "containerPort", ApplyNamingConventions = false)]
    public int Port { get; init; }
}

internal sealed record EnvironmentSource
{
    public Reference ConfigMapRef { get; init; } = new();
}

internal sealed record Reference
{
    public string Name { get; init; } = "";
}

internal sealed record Variable
{
    public string Name { get; init; } = "";

    public string? Value { get; init; }

    public VariableSource? ValueFrom { get; init; }
}

internal sealed record VariableSource
{
    public FieldReference? FieldRef { get; init; }

    public ResourceReference? ResourceFieldRef { get; init; }

    public SecretKey? SecretKeyRef { get; init; }
}

internal sealed record FieldReference
{
    public string FieldPath { get; init; } = "";
}

internal sealed record ResourceReference
{
    public string Resource { get; init; } = "";
}

internal sealed record SecretKey
{
    public string Name { get; init; } = "";

    public string Key { get; init; } = "";
}

internal sealed record Probe
{
    public HttpGet? HttpGet { get; init; }

    public Exec? Exec { get; init; }

    public int PeriodSeconds { get; init; } = 10;

    public int TimeoutSeconds { get; init; } = 1;

    public int FailureThreshold { get; init; } = 3;
}

internal sealed record HttpGet
{
    public string Path { get; init; } = "";

    public string Port { get; init; } = "";
}

internal sealed record Exec
{
    public List<string> Command { get; init; } = [];
}

internal sealed record Lifecycle
{
    public LifecycleHandler? PreStop { get; init; }
}

internal sealed record LifecycleHandler
{
    public Exec? Exec { get; init; }
}

internal sealed record Resources
{
    public Dictionary<string, string> Requests { get; init; } = [];

    public Dictionary<string, string> Limits { get; init; } = [];
}

internal sealed record ContainerSecurity
{
    public bool? AllowPrivilegeEscalation { get; init; }

    public bool? ReadOnlyRootFilesystem { get; init; }

    public Capabilities Capabilities { get; init; } = new();
}

internal sealed record Capabilities
{
    public List<string> Drop { get; init; } = [];
}

internal sealed record VolumeMount
{
    public string Name { get; init; } = "";

    public string MountPath { get; init; } = "";

    public bool ReadOnly { get; init; }
}
