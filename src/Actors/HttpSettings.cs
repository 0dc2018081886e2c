namespace AdvFit.Actors;

/// <summary>The HTTP endpoint of a process: the section <c>AdvFit:Http</c>.</summary>
public sealed record HttpSettings
{
    /// <summary>The address to listen at.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The secret that changes, and reads from other machines, have to show; null refuses them all.</summary>
    public string? Token { get; init; }

    /// <summary>Whether reads from this machine have to show the secret as well.</summary>
    public bool TokenForReading { get; init; }
}
