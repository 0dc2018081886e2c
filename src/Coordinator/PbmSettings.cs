namespace AdvFit.Coordinator;

/// <summary>The endpoint for <c>pbm</c>: the section <c>AdvFit:Pbm</c>.</summary>
public sealed record PbmSettings
{
    /// <summary>The address to listen at. Whoever reaches it may do everything, for <c>pbm</c> has no password.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port.</summary>
    public int Port { get; init; } = 9110;
}
