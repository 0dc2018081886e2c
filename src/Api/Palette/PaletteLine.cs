namespace AdvFit.Api.Palette;

/// <summary>A line that an operator's command answers with.</summary>
/// <param name="Text">The line, without its end.</param>
/// <param name="IsError">Whether it tells, in a sentence, why the command failed; then it is the last.</param>
public readonly record struct PaletteLine(string Text, bool IsError = false);
