"""What people see in Slack: pure functions from pictures to Block Kit."""
