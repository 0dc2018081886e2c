namespace AdvFit.Actors;

/// <summary>Where a process answers by HTTP: the section <c>AdvFit:Http</c>.</summary>
public sealed record HttpSettings
{
    /// <summary>The address to listen at.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>What whoever changes something, or comes from another machine, has to know; null where nobody may.</summary>
    public string? Token { get; init; }
}
