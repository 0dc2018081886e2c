using System.Security.Cryptography;
using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Api.Client;

/// <summary>The files of a sweep on a server, read-only.</summary>
internal sealed class RemoteArtifacts(ApiClient client, string sweep) : IArtifactStore
{
    /// <summary>The path and query of the request for a file.</summary>
    public static string PathOf(string sweep, Artifact artifact) =>
        $"sweeps/{Uri.EscapeDataString(sweep)}/artifacts/{string.Join('/', artifact.Path.Split('/').Select(Uri.EscapeDataString))}"
        + $"?sha256={artifact.Sha256}";

    /// <inheritdoc/>
    public bool TryRead(Artifact artifact, out byte[] contents)
    {
        var read = client.TryGet(PathOf(sweep, artifact), out _, artifact.Bytes);
        var isIntact = read is not null && read.Length == artifact.Bytes
            && Convert.ToHexStringLower(SHA256.HashData(read)) == artifact.Sha256;
        contents = isIntact ? read! : [];
        return isIntact;
    }

    /// <inheritdoc/>
    public Artifact Write(string name, string extension, ReadOnlyMemory<byte> contents) => throw ReadOnly();

    /// <inheritdoc/>
    public void Delete(Artifact artifact) => throw ReadOnly();

    private static NotSupportedException ReadOnly() => new("The files of a server's sweeps can only be read from elsewhere.");
}
