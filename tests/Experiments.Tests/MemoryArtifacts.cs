using System.Collections.Concurrent;
using System.Security.Cryptography;
using AdvFit.Messages;

namespace AdvFit.Experiments.Tests;

/// <summary>Artifacts in memory, where a test can look at them and damage them.</summary>
internal sealed class MemoryArtifacts : IArtifactStore
{
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    public Artifact Write(string name, string extension, ReadOnlyMemory<byte> contents)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(contents.Span));
        var artifact = new Artifact($"{name}-{hash[..12]}{extension}", hash, contents.Length);
        Files[artifact.Path] = contents.ToArray();
        return artifact;
    }

    public bool TryRead(Artifact artifact, out byte[] contents)
    {
        contents = Files.GetValueOrDefault(artifact.Path, []);
        return Convert.ToHexStringLower(SHA256.HashData(contents)) == artifact.Sha256;
    }

    public void Delete(Artifact artifact) => Files.TryRemove(artifact.Path, out _);
}
