using System.Collections.Immutable;

namespace AdvFit.Messages;

/// <summary>Which data a sweep ran on. Part of the results: a function of the data alone, not of where it lay.</summary>
/// <param name="Name">The data set's name.</param>
/// <param name="Train">Images in the train split: the published one, or as the spec's test size leaves it.</param>
/// <param name="Test">Images in the test split, likewise.</param>
/// <param name="Sha256">Hash of the decoded pixels and labels, published train then test, in lower-case hexadecimal.</param>
/// <param name="Notes">What a reader must know, such as that a file's checksum is not the published one.</param>
public sealed record DataProvenance(string Name, int Train, int Test, string Sha256, ImmutableArray<string> Notes);

/// <summary>The program and machine of one session, a process that worked on a sweep. Never part of the results.</summary>
/// <param name="Version">AdvFit's version.</param>
/// <param name="Commit">The source commit it was built from, or <c>unknown</c>.</param>
/// <param name="Machine">Host name.</param>
/// <param name="System">Operating system, architecture and .NET runtime.</param>
/// <param name="Processor">Processor model and the vector width in bits that the engine uses.</param>
/// <param name="Slots">Shuffles run at once.</param>
public sealed record SessionProvenance(
    string Version, string Commit, string Machine, string System, string Processor, int Slots);
