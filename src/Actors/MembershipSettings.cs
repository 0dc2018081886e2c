using AdvFit.Sweeps.Cluster;

namespace AdvFit.Actors;

/// <summary>How a process finds the cluster and is found: the section <c>AdvFit:Cluster</c>.</summary>
public sealed record MembershipSettings
{
    /// <summary>The cluster's name, the same in all of its processes.</summary>
    public string Name { get; init; } = "advfit";

    /// <summary>The address to listen at.</summary>
    public string Hostname { get; init; } = "127.0.0.1";

    /// <summary>The name by which others reach it; null for the one it listens at.</summary>
    public string? PublicHostname { get; init; }

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Addresses of all coordinators, any of which lets a process join; the same in all processes.</summary>
    public string[] SeedNodes { get; init; } = [];

    /// <summary>How many coordinators have to be in a cluster, so that there cannot be another one.</summary>
    public int MajorityOfCoordinators => FoundingVotes.MajorityOf(SeedNodes.Length);

    /// <summary>TLS between the processes.</summary>
    public TlsSettings Tls { get; init; } = new();

    /// <summary>A file of HOCON that overrides everything else; null for none.</summary>
    public string? Hocon { get; init; }
}

/// <summary>Encryption between the processes of the cluster.</summary>
public sealed record TlsSettings
{
    /// <summary>A certificate with its private key, in PKCS #12; null to send in the clear.</summary>
    public string? Certificate { get; init; }

    /// <summary>The certificate's password.</summary>
    public string? Password { get; init; }

    /// <summary>Whether to refuse to start without a certificate.</summary>
    public bool Required { get; init; }
}
