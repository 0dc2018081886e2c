namespace AdvFit.Api.Http;

/// <summary>Settings of the API.</summary>
/// <param name="Token">
/// The secret that changes need, and reads from other machines; null where none is set, and then only this machine can look
/// and nobody can change anything.
/// </param>
public sealed record ApiSettings(string? Token)
{
    /// <summary>Where the token is set, for messages.</summary>
    public const string TokenSetting = "AdvFit:Http:Token (in the environment AdvFit__Http__Token)";

    /// <summary>Whether reads from this machine need the token as well.</summary>
    public bool TokenForReading { get; init; }

    /// <summary>Times the keep-alives of event streams.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
