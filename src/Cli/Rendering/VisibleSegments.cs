using AdvFit.Messages.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AdvFit.Cli.Rendering;

/// <summary>Shows text as <see cref="VisibleText"/> has it: only the program's own colours and movements reach a terminal.</summary>
internal sealed class VisibleSegments : IRenderHook
{
    /// <inheritdoc/>
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(renderable => new Visible(renderable));

    private sealed class Visible(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth).Select(
            segment => segment.IsControlCode || segment.IsLineBreak
                ? segment
                : new Segment(VisibleText.Lines(segment.Text), segment.Style));
    }
}
