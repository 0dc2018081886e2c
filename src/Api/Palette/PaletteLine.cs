namespace AdvFit.Api.Palette;

/// <summary>A line of the answer to a palette command.</summary>
/// <param name="Text">The line, without its end.</param>
/// <param name="IsError">Whether it is the sentence that says why the command failed, and the last line.</param>
public readonly record struct PaletteLine(string Text, bool IsError = false);
