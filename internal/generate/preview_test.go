package generate_test

import (
	"context"

	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/live"
	"mingdeng/internal/project"
)

func init() {
	generate.Preview = func(ctx context.Context, o project.Options) ([]diag.Finding, error) {
		site, err := live.Open(o)
		if err != nil {
			return nil, err
		}
		defer site.Close()
		site.Sweep(ctx)
		return site.Findings(), nil
	}
}
