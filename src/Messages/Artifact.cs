namespace AdvFit.Messages;

/// <summary>A file of a run, named by its hash.</summary>
/// <param name="Path">Path below the sweep's folder, with forward slashes; its name holds the start of the hash.</param>
/// <param name="Sha256">Hash of the file, in lower-case hexadecimal.</param>
/// <param name="Bytes">Length of the file in bytes.</param>
public sealed record Artifact(string Path, string Sha256, long Bytes);
